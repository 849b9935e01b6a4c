package dev.laneway.standalone.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.standalone.faults.FaultCase.Way;
import dev.laneway.testkit.faults.FaultSamples;
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
            - The client and both vendors speak OpenAI's chat here. What differs where a vendor or a client speaks another format
              follows below.
            - *The answer* is compared with what the model says where nothing is wrong. *Calls* are those that the vendor saw.
            - The log is the router's, whose lines begin with the request's id; FIRST and SECOND stand for the deployments' ids.

            | fault | route (asked for) | the client gets | calls | the router's log |
            |---|---|---|--:|---|
            """;
    private static final String VENDORS = """

            ## Vendors of other formats

            The same client before a first hop of each other format, which fails in its vendor's own way: OpenAI's Responses by
            `response.failed`, Gemini by JSON behind its last event, Ollama by a line with an `error`, Bedrock by an exception in its event
            stream. Each fault is tried with `fallback: never`, and as a stream with `continue_streams: true`. All came out as above, but for:

            | vendor | fault | route (asked for) | the client gets | calls | the router's log |
            |---|---|---|---|--:|---|
            """;
    private static final String ABSENT = """

            These faults a format doesn't have:

            | vendor | fault | why |
            |---|---|---|
            """;
    private static final String CLIENTS = """

            ## Clients of other formats

            Clients get the same status, with `Retry-After` at every 429 and 503, and are told of it as their format does; a stream that broke off
            never ends as a whole one does. Tried is a fault for each way in which a request fails, by a vendor of OpenAI's chat; rows that
            are the same for all clients are left out. Of an error these are the words for programs: in a stream of Responses those of
            `error`, and behind them that of `response.failed`; Ollama has none but a sentence, and in its stream no place to say who goes on.

            """;

    private record Result(String client, int calls, List<String> log) {
        static Result of(FaultOutcome outcome) {
            return new Result(outcome.client(), outcome.calls(), outcome.log());
        }

        String cells() {
            return client + " | " + calls + " | " + (log.isEmpty() ? "nothing" : String.join("<br>", log));
        }
    }

    private FaultPage() {}

    /** For {@code deploy/docs/faults.md}. */
    public static String markdown(List<FaultOutcome> outcomes) {
        Map<FaultCase, FaultOutcome> all = new LinkedHashMap<>();
        outcomes.forEach(outcome -> all.put(outcome.tried(), outcome));
        StringBuilder page = new StringBuilder(HEAD);
        byResult(all, FaultCase.main())
                .forEach((fault, results) -> results.forEach((result, cases) -> page.append("| `")
                        .append(fault)
                        .append("` | ")
                        .append(where(cases))
                        .append(" | ")
                        .append(result.cells())
                        .append(" |\n")));
        vendors(all, page.append(VENDORS));
        absent(page.append(ABSENT));
        clients(all, page.append(CLIENTS));
        return page.toString();
    }

    private static Map<String, Map<Result, List<FaultCase>>> byResult(
            Map<FaultCase, FaultOutcome> all, List<FaultCase> cases) {
        Map<String, Map<Result, List<FaultCase>>> faults = new LinkedHashMap<>();
        for (FaultCase each : cases) {
            FaultOutcome outcome = all.get(each);
            if (outcome != null) {
                faults.computeIfAbsent(each.fault(), fault -> new LinkedHashMap<>())
                        .computeIfAbsent(Result.of(outcome), same -> new ArrayList<>())
                        .add(each);
            }
        }
        return faults;
    }

    /** What came out another way than in the main table; vendors to whom the same happened are one row. */
    private static void vendors(Map<FaultCase, FaultOutcome> all, StringBuilder page) {
        Map<String, Set<String>> rows = new LinkedHashMap<>();
        for (VendorFormat vendor : VendorFormat.values()) {
            List<FaultCase> others = FaultCase.vendors().stream()
                    .filter(each -> each.vendor() == vendor && differs(all, each))
                    .toList();
            byResult(all, others)
                    .forEach((fault, results) -> results.forEach((result, cases) -> rows.computeIfAbsent(
                                    "`" + fault + "` | " + where(cases) + " | " + result.cells(),
                                    row -> new LinkedHashSet<>())
                            .add(vendor.words())));
        }
        rows.forEach((row, vendors) -> page.append("| ")
                .append(String.join(", ", vendors))
                .append(" | ")
                .append(row)
                .append(" |\n"));
    }

    private static boolean differs(Map<FaultCase, FaultOutcome> all, FaultCase tried) {
        FaultOutcome here = all.get(tried);
        FaultOutcome there = all.get(tried.inMain());
        return here != null && there != null && !Result.of(here).equals(Result.of(there));
    }

    private static void absent(StringBuilder page) {
        for (VendorFormat vendor : VendorFormat.values()) {
            for (String fault : FaultSamples.all()) {
                vendor.lacks(fault)
                        .ifPresent(why -> page.append("| ")
                                .append(vendor.words())
                                .append(" | `")
                                .append(fault)
                                .append("` | ")
                                .append(why)
                                .append(" |\n"));
            }
        }
    }

    /** A row for each fault and what all clients got; cases in which they got the same are one. */
    private static void clients(Map<FaultCase, FaultOutcome> all, StringBuilder page) {
        page.append("| fault | route (asked for)");
        for (ClientFormat client : ClientFormat.values()) {
            page.append(" | ").append(client.words());
        }
        page.append(" |\n|---|---")
                .append("|---".repeat(ClientFormat.values().length))
                .append("|\n");
        Map<String, Map<String, List<FaultCase>>> rows = new LinkedHashMap<>();
        for (FaultCase each : FaultCase.pair(VendorFormat.OPENAI, ClientFormat.OPENAI, FaultSamples.endings())) {
            List<String> heard = new ArrayList<>();
            for (ClientFormat client : ClientFormat.values()) {
                FaultOutcome outcome = all.get(each.by(client));
                heard.add(outcome == null ? "" : outcome.client());
            }
            if (Set.copyOf(heard).size() > 1) {
                rows.computeIfAbsent(each.fault(), fault -> new LinkedHashMap<>())
                        .computeIfAbsent(String.join(" | ", heard), row -> new ArrayList<>())
                        .add(each);
            }
        }
        Map<String, Set<String>> faults = new LinkedHashMap<>();
        rows.forEach((fault, heard) -> heard.forEach(
                (cells, cases) -> faults.computeIfAbsent(where(cases) + " | " + cells, row -> new LinkedHashSet<>())
                        .add("`" + fault + "`")));
        faults.forEach((row, names) -> page.append("| ")
                .append(String.join(", ", names))
                .append(" | ")
                .append(row)
                .append(" |\n"));
    }

    /** For programs. */
    public static String json(List<FaultOutcome> outcomes) {
        JsonMapper mapper = JsonMapper.builder().build();
        ArrayNode all = mapper.createArrayNode();
        for (FaultOutcome outcome : outcomes) {
            ObjectNode json = all.addObject()
                    .put("fault", outcome.tried().fault())
                    .put("vendor", outcome.tried().vendor().words())
                    .put("client_format", outcome.tried().client().words())
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
            text.append("%-28s %-18s %-18s %-23s %-7s %d calls  %s%n"
                    .formatted(
                            tried.fault(),
                            tried.vendor().words(),
                            tried.client().words(),
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
