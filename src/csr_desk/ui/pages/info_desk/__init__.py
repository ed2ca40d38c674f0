"""The information desk."""
