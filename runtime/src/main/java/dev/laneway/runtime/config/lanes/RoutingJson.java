package dev.laneway.runtime.config.lanes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.runtime.config.Lane;
import dev.laneway.runtime.config.Privacy;
import dev.laneway.runtime.config.file.Block;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A file's lanes and routes with everything stated. */
final class RoutingJson {
    private RoutingJson() {}

    /** By the keys of the top mapping; a key that the file doesn't have stays away, for its absence has a meaning. */
    static Map<String, JsonNode> of(Block top, Lanes lanes, List<RouteDraft> routes) {
        Map<String, JsonNode> json = new LinkedHashMap<>();
        if (top.has("lanes")) {
            ObjectNode all = JsonNodeFactory.instance.objectNode();
            lanes.all().values().stream()
                    .filter(lane -> lanes.places().containsKey(lane.name()))
                    .forEach(lane -> all.set(lane.name(), lane(lane)));
            json.put("lanes", all);
        }
        if (top.has("routes")) {
            ObjectNode all = JsonNodeFactory.instance.objectNode();
            routes.forEach(route -> all.set(route.name(), route(route)));
            json.put("routes", all);
        }
        return json;
    }

    private static ObjectNode lane(Lane lane) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("privacy", lane.privacy().id());
        if (lane.privacy() == Privacy.LOCAL_FIRST) {
            json.set("approved", texts(lane.approved()));
        }
        json.put("weight", lane.weight());
        json.put("on_unknown", lane.onUnknown().id());
        json.put("durable", lane.durable());
        json.put("purpose", lane.purpose());
        json.put("room", lane.room());
        json.set("regions", texts(lane.regions()));
        return json;
    }

    private static ObjectNode route(RouteDraft route) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("lane", route.lane().name());
        ArrayNode chain = json.putArray("chain");
        route.chain().forEach(hop -> chain.add(hop.value()));
        json.put("fallback", route.fallbackAllowed() ? "allowed" : "never");
        json.put("continue_streams", route.continueStreams());
        json.put("privacy", route.privacy().id());
        if (route.privacy() == Privacy.LOCAL_FIRST) {
            json.set("approved", texts(route.approved()));
        }
        json.put("purpose", route.purpose());
        json.put("visible", route.visible());
        return json;
    }

    private static ArrayNode texts(Collection<String> values) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        values.forEach(json::add);
        return json;
    }
}
