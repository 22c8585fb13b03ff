"""Every chart on straight axes: a Plotly figure made of few kinds of marks, and one drawing of such figures as SVG."""
