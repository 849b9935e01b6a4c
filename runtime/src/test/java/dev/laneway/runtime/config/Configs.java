package dev.laneway.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

/** Reads config texts in tests. */
final class Configs {
    static final String FILE = "config.yaml";
    static final Map<String, String> KEYS = Map.of("OPENAI_API_KEY", "sk-open", "ANTHROPIC_API_KEY", "sk-ant");

    private Configs() {}

    static ConfigResult read(String text) {
        return read(text, KEYS);
    }

    static ConfigResult read(String text, Map<String, String> environment) {
        return new ConfigLoader(new TestProviders(), false).parse(text, FILE, Environment.of(environment));
    }

    static ConfigResult.Valid valid(String text) {
        return valid(text, KEYS);
    }

    static ConfigResult.Valid valid(String text, Map<String, String> environment) {
        ConfigResult result = read(text, environment);
        assertThat(result).as(() -> lines(result.problems())).isInstanceOf(ConfigResult.Valid.class);
        return (ConfigResult.Valid) result;
    }

    /** The errors of a text that must be refused, a line each. */
    static List<String> errors(String text) {
        return errors(text, KEYS);
    }

    static List<String> errors(String text, Map<String, String> environment) {
        ConfigResult result = read(text, environment);
        assertThat(result)
                .as(() -> "accepted, with " + lines(result.problems()))
                .isInstanceOf(ConfigResult.Invalid.class);
        return of(result, Severity.ERROR);
    }

    static List<String> warnings(String text) {
        return of(valid(text), Severity.WARNING);
    }

    static List<String> of(ConfigResult result, Severity severity) {
        return result.problems().stream()
                .filter(problem -> problem.severity() == severity)
                .map(Problem::toString)
                .toList();
    }

    static String lines(List<Problem> problems) {
        return String.join("\n", problems.stream().map(Problem::toString).toList());
    }
}
