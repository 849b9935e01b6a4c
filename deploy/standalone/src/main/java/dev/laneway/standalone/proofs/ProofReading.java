package dev.laneway.standalone.proofs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.laneway.standalone.prove.Proof.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a printed proof says.
 *
 * @param outcome of the proof
 * @param because for the log; where a rule was broken, the way that work left or would leave
 */
record ProofReading(ProofOutcome outcome, String because) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Set<String> KEPT = Set.of(Verdict.STAYS_INSIDE.told(), Verdict.MAY_LEAVE.told());
    private static final int SHOWN = 5;

    /**
     * Reads what {@code prove --json} printed.
     *
     * @param version of the config that should have been proved
     */
    static ProofReading of(Path printed, String version) {
        JsonNode proof;
        try {
            proof = JSON.readTree(printed.toFile());
        } catch (IOException e) {
            return new ProofReading(ProofOutcome.FAILED, "no proof was printed");
        }
        if (!proof.path("kept").isBoolean()) {
            return new ProofReading(ProofOutcome.FAILED, "no proof was printed");
        }
        if (!proof.path("config_version").asText().equals(version)) {
            return new ProofReading(ProofOutcome.OUTDATED, "the config file has changed since");
        }
        return proof.path("kept").asBoolean()
                ? new ProofReading(
                        ProofOutcome.KEPT,
                        proof.path("routes").size() + " routes tried, "
                                + proof.path("attacks").size() + " forged events refused")
                : new ProofReading(ProofOutcome.BROKEN, ways(proof));
    }

    private static String ways(JsonNode proof) {
        List<String> ways = new ArrayList<>();
        for (JsonNode route : proof.path("routes")) {
            String verdict = route.path("verdict").asText();
            if (!KEPT.contains(verdict)) {
                ways.add(route.path("route").asText() + " " + verdict + ": "
                        + route.path("because").asText());
            }
        }
        for (JsonNode attack : proof.path("attacks")) {
            if (!attack.path("held").asBoolean()) {
                ways.add(attack.path("route").asText() + ": a forged event was not refused ("
                        + attack.path("what").asText() + ", "
                        + attack.path("deployment").asText() + ")");
            }
        }
        int strays = proof.path("stray_calls").size();
        if (strays > 0) {
            ways.add(strays + " calls that no request explains");
        }
        String more = ways.size() > SHOWN ? "; and " + (ways.size() - SHOWN) + " more" : "";
        return String.join("; ", ways.subList(0, Math.min(SHOWN, ways.size()))) + more;
    }
}
