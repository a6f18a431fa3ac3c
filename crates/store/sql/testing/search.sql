SELECT municipality, citizen, id, version, words FROM record_search
