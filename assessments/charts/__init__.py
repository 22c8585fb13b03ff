"""The charts of a result: one function per chart to SVG, the radar for Plotly, and the charts as tables and files."""
