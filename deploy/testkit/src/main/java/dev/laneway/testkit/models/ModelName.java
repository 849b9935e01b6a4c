package dev.laneway.testkit.models;

import dev.laneway.testkit.faults.Fault;
import dev.laneway.testkit.faults.FaultNames;
import dev.laneway.testkit.grammar.OptionReader;
import dev.laneway.testkit.grammar.Parsed;
import dev.laneway.testkit.grammar.Spec;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A model's name, read: {@code BASE[-fault-FAULT][~OPTION=VALUE]...}.
 *
 * <p>Options are {@code ttft gap chunks tokens tools reasoning context cachemin repeat} and those of the fault. A prefix up
 * to a slash ({@code openai/sim}) belongs to the base.
 *
 * @param full the name as the caller wrote it
 * @param base the name without fault and options: what an answer's text depends on
 * @param behaviour how it answers
 * @param fault the fault that the name asks for, if any
 */
public record ModelName(String full, String base, Behaviour behaviour, Optional<Fault> fault) {
    private static final String FAULT = "-fault-";
    private static final Set<String> OPTIONS =
            Set.of("ttft", "gap", "chunks", "tokens", "tools", "reasoning", "context", "cachemin", "repeat");
    private static final int MOST_TOKENS = 100_000;

    /** Reads a name; {@code defaults} hold what it doesn't say. */
    public static Parsed<ModelName> parse(String full, Behaviour defaults) {
        return Spec.parse(full).then(spec -> {
            int fault = spec.head().indexOf(FAULT);
            String base = fault < 0 ? spec.head() : spec.head().substring(0, fault);
            Map<String, String> faultOptions = new HashMap<>(spec.options());
            faultOptions.keySet().removeAll(OPTIONS);
            if (fault < 0 && !faultOptions.isEmpty()) {
                return Parsed.bad("a model takes " + String.join(", ", new TreeSet<>(OPTIONS)) + ", not "
                        + String.join(", ", new TreeSet<>(faultOptions.keySet())));
            }
            return behaviour(spec, defaults).then(behaviour -> {
                if (fault < 0) {
                    return Parsed.good(new ModelName(full, base, behaviour, Optional.empty()));
                }
                Spec named = new Spec(spec.head().substring(fault + FAULT.length()), faultOptions);
                return FaultNames.parse(named)
                        .then(found -> Parsed.good(new ModelName(full, base, behaviour, Optional.of(found))));
            });
        });
    }

    private static Parsed<Behaviour> behaviour(Spec spec, Behaviour unsaid) {
        OptionReader options = new OptionReader(spec);
        int chunks = options.count("chunks", unsaid.chunks());
        Behaviour behaviour = new Behaviour(
                options.read("ttft", unsaid.ttft(), Delay::parse),
                options.millis("gap", unsaid.gapMillis()),
                Math.min(chunks, MOST_TOKENS),
                Math.min(options.count("tokens", Math.max(chunks, unsaid.tokens())), MOST_TOKENS),
                Math.min(options.count("tools", unsaid.toolCalls()), 8),
                Math.min(options.count("reasoning", unsaid.reasoning()), MOST_TOKENS),
                options.count("context", unsaid.contextWindow()),
                options.count("cachemin", unsaid.cacheMinimum()),
                options.count("repeat", unsaid.repeat()));
        return options.finish(behaviour);
    }
}
