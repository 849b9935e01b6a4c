package dev.laneway.standalone.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.standalone.faults.FaultCase.Way;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The fault table, written. Cases of a fault that came out the same are one row. */
public final class FaultPage {
    private static final String HEAD = """
            # The fault table

            What a client finds when a vendor fails: every fault of the [vendor simulator](../testkit/README.md), on routes with a
            second hop that is sound. `./laneway faults --markdown` made this page; a test fails where it isn't what is measured.

            - `fallback: never` forbids the second hop; `fallback: allowed`, which is the rule unsaid, allows it; `continue_streams` also
              lets it go on with a stream that broke off ([config.md](config.md)). No hop is tried twice (`num_retries: 0`).
            - The client and both vendors speak OpenAI's format here. Tests hold clients and vendors of Anthropic's format to the
              same table, with their own words for the errors.
            - *The answer* is compared with what the model says where nothing is wrong. *Calls* are those that the vendor saw.
            - The log is the router's, whose lines begin with the request's id; FIRST and SECOND stand for the deployments' ids.

            | fault | route (asked for) | the client gets | calls | the router's log |
            |---|---|---|--:|---|
            """;

    private record Result(String client, int calls, List<String> log) {}

    private FaultPage() {}

    /** For {@code deploy/docs/faults.md}. */
    public static String markdown(List<FaultOutcome> outcomes) {
        Map<String, Map<Result, List<FaultCase>>> faults = new LinkedHashMap<>();
        for (FaultOutcome outcome : outcomes) {
            faults.computeIfAbsent(outcome.tried().fault(), fault -> new LinkedHashMap<>())
                    .computeIfAbsent(
                            new Result(outcome.client(), outcome.calls(), outcome.log()), same -> new ArrayList<>())
                    .add(outcome.tried());
        }
        StringBuilder page = new StringBuilder(HEAD);
        faults.forEach((fault, results) -> results.forEach((result, cases) -> page.append("| `")
                .append(fault)
                .append("` | ")
                .append(where(cases))
                .append(" | ")
                .append(result.client())
                .append(" | ")
                .append(result.calls())
                .append(" | ")
                .append(result.log().isEmpty() ? "nothing" : String.join("<br>", result.log()))
                .append(" |\n")));
        return page.toString();
    }

    /** For programs. */
    public static String json(List<FaultOutcome> outcomes) {
        JsonMapper mapper = JsonMapper.builder().build();
        ArrayNode all = mapper.createArrayNode();
        for (FaultOutcome outcome : outcomes) {
            ObjectNode json = all.addObject()
                    .put("fault", outcome.tried().fault())
                    .put("route", outcome.tried().way().words())
                    .put("streamed", outcome.tried().streamed())
                    .put("client", outcome.client())
                    .put("calls", outcome.calls());
            outcome.log().forEach(json.putArray("log")::add);
        }
        try {
            return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(all);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can be written", e);
        }
    }

    /** For people at a terminal. */
    public static String text(List<FaultOutcome> outcomes) {
        StringBuilder text = new StringBuilder();
        for (FaultOutcome outcome : outcomes) {
            FaultCase tried = outcome.tried();
            text.append("%-28s %-23s %-7s %d calls  %s%n"
                    .formatted(
                            tried.fault(),
                            tried.way().words(),
                            kind(tried.streamed()),
                            outcome.calls(),
                            outcome.client()));
            outcome.log().forEach(line -> text.append("    log: ").append(line).append('\n'));
        }
        return text.toString();
    }

    private static String where(List<FaultCase> cases) {
        if (cases.size() == Way.values().length * 2 - 1) {
            return "any (whole, stream)";
        }
        Map<Way, Set<String>> kinds = new LinkedHashMap<>();
        cases.forEach(each ->
                kinds.computeIfAbsent(each.way(), way -> new LinkedHashSet<>()).add(kind(each.streamed())));
        return kinds.entrySet().stream()
                .map(each -> "`" + each.getKey().words() + "` (" + String.join(", ", each.getValue()) + ")")
                .collect(Collectors.joining("<br>"));
    }

    private static String kind(boolean streamed) {
        return streamed ? "stream" : "whole";
    }
}
