package dev.laneway.testkit.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.testkit.grammar.Parsed;
import dev.laneway.testkit.grammar.Spec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Fault rules as {@code PUT /sim/faults} takes them:
 *
 * <pre>[{"match": {"model": "gpt-*", "path": "*", "id": "*:0:*", "first": 2}, "fault": "429~retry-after=2"},
 *  {"fault": {"kind": "stall", "at": 3, "for": "500ms"}}]</pre>
 *
 * <p>Unknown keys are refused: a rule that hits nothing because of a typing error is worse than none.
 */
public final class RuleJson {
    private static final Set<String> WHEN = Set.of("nth", "first", "every", "probability");

    private RuleJson() {}

    /** Reads the whole list; the reason names the rule by its index. */
    public static Parsed<List<FaultRule>> read(JsonNode json) {
        if (!json.isArray()) {
            return Parsed.bad("the rules must be a JSON array");
        }
        List<FaultRule> rules = new ArrayList<>();
        for (int i = 0; i < json.size(); i++) {
            switch (rule(json.get(i))) {
                case Parsed.Good<FaultRule>(FaultRule rule) -> rules.add(rule);
                case Parsed.Bad<FaultRule>(String reason) -> {
                    return Parsed.bad("rule " + i + ": " + reason);
                }
            }
        }
        return Parsed.good(List.copyOf(rules));
    }

    /** The rules as {@link #read} takes them. */
    public static ArrayNode write(List<FaultRule> rules) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (FaultRule rule : rules) {
            ObjectNode match = array.addObject().putObject("match");
            match.put("model", rule.match().model().text());
            match.put("path", rule.match().path().text());
            match.put("id", rule.match().attempt().text());
            switch (rule.when()) {
                case Occurrence.Always() -> {}
                case Occurrence.Nth(long n) -> match.put("nth", n);
                case Occurrence.First(long n) -> match.put("first", n);
                case Occurrence.Every(long n) -> match.put("every", n);
                case Occurrence.Chance(double p) -> match.put("probability", p);
            }
            ((ObjectNode) array.get(array.size() - 1))
                    .put("fault", FaultNames.spec(rule.fault()).toString());
        }
        return array;
    }

    private static Parsed<FaultRule> rule(JsonNode json) {
        if (!json.isObject() || !json.has("fault")) {
            return Parsed.bad("must be an object with a fault");
        }
        for (Map.Entry<String, JsonNode> field : json.properties()) {
            if (!Set.of("match", "fault").contains(field.getKey())) {
                return Parsed.bad("no key is called '" + field.getKey() + "'; known: match, fault");
            }
        }
        return fault(json.get("fault")).then(fault -> match(json.path("match"), fault));
    }

    private static Parsed<Fault> fault(JsonNode json) {
        if (!json.isObject()) {
            return Spec.parse(json.asText()).then(FaultNames::parse);
        }
        Map<String, String> options = new HashMap<>();
        for (Map.Entry<String, JsonNode> field : json.properties()) {
            if (!field.getKey().equals("kind")) {
                options.put(field.getKey().replace('_', '-'), field.getValue().asText());
            }
        }
        return FaultNames.parse(new Spec(json.path("kind").asText(), options));
    }

    private static Parsed<FaultRule> match(JsonNode json, Fault fault) {
        Occurrence when = new Occurrence.Always();
        for (Map.Entry<String, JsonNode> field : json.properties()) {
            String key = field.getKey();
            if (WHEN.contains(key)) {
                if (!(when instanceof Occurrence.Always)) {
                    return Parsed.bad("only one of nth, first, every and probability");
                }
                switch (Occurrence.parse(key, field.getValue().asText())) {
                    case Parsed.Good<Occurrence>(Occurrence said) -> when = said;
                    case Parsed.Bad<Occurrence>(String reason) -> {
                        return Parsed.bad(reason);
                    }
                }
            } else if (!Set.of("model", "path", "id").contains(key)) {
                return Parsed.bad(
                        "no match is called '" + key + "'; known: model, path, id, nth, first, every, probability");
            }
        }
        CallMatch match = new CallMatch(glob(json, "model"), glob(json, "path"), glob(json, "id"));
        return Parsed.good(new FaultRule(match, when, fault));
    }

    private static Glob glob(JsonNode json, String key) {
        return json.hasNonNull(key) ? new Glob(json.get(key).asText()) : Glob.ANY;
    }
}
