package dev.laneway.standalone.prove;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.laneway.testkit.faults.CallMatch;
import dev.laneway.testkit.faults.Fault;
import dev.laneway.testkit.faults.FaultRule;
import java.util.List;

/**
 * What the vendors do while a route is asked. A failing one sends an answer without any text: a failure after which every fallback
 * follows, and the one that no worker takes for a reason to leave the deployment alone for a while, so that each try is like the first.
 */
public enum Scenario {
    ALL_ANSWER("all answer"),
    INSIDE_FAILS("inside fails"),
    ALL_FAIL("all fail"),
    /** Only then context-window fallbacks follow. */
    PROMPT_TOO_LONG("prompt too long for all"),
    /** Only then content-policy fallbacks follow. */
    PROMPT_REFUSED("prompt refused by all");

    private final String told;

    Scenario(String told) {
        this.told = told;
    }

    /** For people and JSON. */
    @JsonValue
    public String told() {
        return told;
    }

    List<FaultRule> faults(Side side) {
        return switch (this) {
            case ALL_ANSWER -> List.of();
            case INSIDE_FAILS -> side == Side.INSIDE ? always(new Fault.NoText()) : List.of();
            case ALL_FAIL -> always(new Fault.NoText());
            case PROMPT_TOO_LONG -> always(new Fault.ContextWindow());
            case PROMPT_REFUSED -> always(new Fault.ContentPolicy());
        };
    }

    private static List<FaultRule> always(Fault fault) {
        return List.of(FaultRule.always(CallMatch.ANY, fault));
    }
}
