SELECT municipality, citizen, id, version, original FROM record_original
