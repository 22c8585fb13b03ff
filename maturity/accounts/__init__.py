"""Sign-in: accounts, second factors, identity provider and sessions."""
