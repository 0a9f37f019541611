"""What a document of unknown form shows of its vendor's habits: a vendor.toml to go on from."""
