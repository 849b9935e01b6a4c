package dev.laneway.standalone.prove;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.contracts.Zone;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * A config with every way to a real vendor taken out. Names, groups, accounts, zones, lanes, routes and fallbacks stay as they are;
 * addresses, keys, regions, and the fields and headers that are added to requests go, for all is in one place here. What is out of
 * service stays so.
 */
public final class RehearsalConfig {
    /** In place of every vendor's key. */
    static final String KEY = "rehearsal-only";

    private static final int DEADLINE_SECONDS = 30;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private RehearsalConfig() {}

    /**
     * Rewrites the canonical text of a config.
     *
     * @param address where a zone's account is to be called, in place of where it really is
     * @return a config file, as JSON
     * @throws IllegalArgumentException where the text is no canonical one
     */
    public static String of(String canonical, BiFunction<Zone, String, String> address) {
        ObjectNode root = read(canonical);
        Map<String, Integer> groupSizes = new HashMap<>();
        for (JsonNode entry : root.path("model_list")) {
            groupSizes.merge(entry.path("model_name").asText(), 1, Integer::sum);
            if (!entry.path("model_info").has("out_of_service")) {
                redirect((ObjectNode) entry.get("litellm_params"), entry.get("model_info"), address);
            }
            ((ObjectNode) entry.get("model_info")).remove("region");
        }
        for (JsonNode lane : root.path("lanes")) {
            ((ObjectNode) lane).remove("regions");
        }
        // as many further tries as let every deployment of the largest group have its turn
        int largest =
                groupSizes.values().stream().mapToInt(Integer::intValue).max().orElse(1);
        root.withObject("/router_settings").put("num_retries", largest - 1).put("retry_after", 0);
        root.withObject("/litellm_settings").put("request_timeout", DEADLINE_SECONDS);
        root.withObject("/general_settings").remove("master_key");
        return root.toString();
    }

    private static void redirect(ObjectNode params, JsonNode info, BiFunction<Zone, String, String> address) {
        Zone zone = info.path("zone").asText().equals(Zone.LOCAL.id()) ? Zone.LOCAL : Zone.CLOUD;
        params.put("api_base", address.apply(zone, info.path("account").asText()));
        params.put("api_key", KEY);
        params.remove("extra_headers");
        params.remove("extra_body");
    }

    private static ObjectNode read(String canonical) {
        try {
            return (ObjectNode) JSON.readTree(canonical);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not the canonical text of a config", e);
        }
    }
}
