package dev.laneway.runtime.config.lanes;

import dev.laneway.runtime.config.Lane;
import dev.laneway.runtime.config.file.Place;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The lanes of a file, those that are there out of the box among them.
 *
 * @param places of the lanes that the file declares
 */
record Lanes(Map<String, Lane> all, Map<String, Place> places, Map<String, Place> approvedPlaces) {
    Lanes {
        all = Collections.unmodifiableMap(new LinkedHashMap<>(all));
        places = Map.copyOf(places);
        approvedPlaces = Map.copyOf(approvedPlaces);
    }
}
