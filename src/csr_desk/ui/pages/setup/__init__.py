"""The Setup page: the city's policy, the catalogue, the people and this station."""
