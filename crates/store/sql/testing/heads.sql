SELECT municipality, citizen, id, version, head FROM record_item
