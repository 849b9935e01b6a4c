package dev.laneway.standalone.prove;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.laneway.contracts.Zone;
import dev.laneway.runtime.config.Privacy;
import dev.laneway.runtime.config.Problem;
import dev.laneway.runtime.config.RouteReport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The document that an auditor keeps. Holds no secret.
 *
 * @param kept whether every privacy rule was kept
 * @param laneway this build
 * @param time when the proof ended, ISO 8601
 * @param config the file's name
 * @param method what was done, in one sentence
 * @param configVersion absent where the config was refused
 * @param configSha256 of the config's canonical text, UTF-8; in hex
 * @param problems why the config was refused; empty where it was not
 * @param strayCalls calls that belong to no try: always a failure
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Proof(
        boolean kept,
        String laneway,
        String time,
        String config,
        String method,
        @Nullable String configVersion,
        @Nullable String configSha256,
        List<Problem> problems,
        List<OfRoute> routes,
        List<Attack> attacks,
        List<SeenCall> strayCalls) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    public Proof {
        problems = List.copyOf(problems);
        routes = List.copyOf(routes);
        attacks = List.copyOf(attacks);
        strayCalls = List.copyOf(strayCalls);
    }

    /** How a route stands. */
    public enum Verdict {
        STAYS_INSIDE("stays inside"),
        MAY_LEAVE("may leave"),
        /** The config has a way out that the rule forbids. */
        COULD_LEAVE("COULD LEAVE"),
        /** A call was made that the rule forbids. */
        LEFT("LEFT");

        private final String told;

        Verdict(String told) {
            this.told = told;
        }

        /** For people and JSON. */
        @JsonValue
        public String told() {
            return told;
        }

        boolean kept() {
            return this == STAYS_INSIDE || this == MAY_LEAVE;
        }
    }

    /** A verdict and what it rests on. */
    public record Judgement(Verdict verdict, String because) {}

    /**
     * One route.
     *
     * @param could what its chain reaches, in order, with the real addresses
     * @param tries what happened when it was asked
     */
    public record OfRoute(
            String route,
            String lane,
            String purpose,
            Privacy privacy,
            Zone zone,
            Verdict verdict,
            String because,
            List<RouteReport.Hop> could,
            List<Try> tries) {}

    /**
     * One request.
     *
     * @param model what the client asked for
     * @param requestId empty where the request was refused before it had one
     * @param status what the client was told
     * @param zone {@code x-laneway-zone}; absent where nobody answered
     * @param calls what the sides logged
     * @param trace the topics it went through; absent where it was accepted by none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Try(
            Scenario scenario,
            String model,
            boolean stream,
            String requestId,
            int status,
            @Nullable String zone,
            List<SeenCall> calls,
            @Nullable JsonNode trace) {}

    /**
     * A forged attempt event.
     *
     * @param what was forged
     * @param topic where it was published
     * @param deployment the deployment outside that it names, as account and model
     * @param held whether it was refused and nobody was called
     * @param outcome what became of it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Attack(
            String route,
            String what,
            String topic,
            String deployment,
            String requestId,
            boolean held,
            String outcome,
            List<SeenCall> calls,
            @Nullable JsonNode trace) {}

    /** For programs. */
    public String json() {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("records can be written", impossible);
        }
    }
}
