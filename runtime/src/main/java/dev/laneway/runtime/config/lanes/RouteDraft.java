package dev.laneway.runtime.config.lanes;

import dev.laneway.runtime.config.Lane;
import dev.laneway.runtime.config.Privacy;
import dev.laneway.runtime.config.file.Place;
import dev.laneway.runtime.config.file.Text;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A route before its names are looked up.
 *
 * @param lane its lane, whose privacy may be wider
 * @param approved what it may leave the network for, where privacy is local_first
 * @param continueStreams whether a stream that broke off may be continued by another call
 * @param implied not written as a route: a model of {@code model_list} that is callable by its own name
 */
record RouteDraft(
        String name,
        Lane lane,
        List<Text> chain,
        boolean fallbackAllowed,
        Privacy privacy,
        Set<String> approved,
        String purpose,
        boolean visible,
        boolean continueStreams,
        boolean implied,
        Place place) {
    RouteDraft {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(lane, "lane");
        Objects.requireNonNull(privacy, "privacy");
        Objects.requireNonNull(place, "place");
        chain = List.copyOf(chain);
        approved = Collections.unmodifiableSet(new LinkedHashSet<>(approved));
    }
}
