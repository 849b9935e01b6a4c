package dev.laneway.runtime.config;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Objects;

/**
 * What {@code validate FILE} prints.
 *
 * @param keys each key that the file has; none where only problems are wanted
 */
public record ValidateReport(String file, ConfigResult result, List<KeyUse> keys) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    public ValidateReport {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(result, "result");
        keys = List.copyOf(keys);
    }

    /** Without the keys. */
    public ValidateReport(String file, ConfigResult result) {
        this(file, result, List.of());
    }

    /** 0 valid, 1 refused. */
    public int exitCode() {
        return switch (result) {
            case ConfigResult.Valid valid -> 0;
            case ConfigResult.Invalid invalid -> 1;
        };
    }

    /** A line for each problem, errors first; then one for each kind of key, the gravest first; then one that sums up. */
    public String text() {
        List<Problem> errors = of(Severity.ERROR);
        List<Problem> warnings = of(Severity.WARNING);
        StringBuilder text = new StringBuilder();
        errors.forEach(problem -> text.append(problem).append('\n'));
        if (!warnings.isEmpty()) {
            text.append("warnings:\n");
            warnings.forEach(problem -> text.append(problem).append('\n'));
        }
        text.append(KeyText.of(keys));
        text.append(
                switch (result) {
                    case ConfigResult.Valid valid ->
                        file + " is valid, version " + valid.config().version();
                    case ConfigResult.Invalid invalid -> file + " is refused: " + count(errors.size(), "error");
                });
        return text.append(warnings.isEmpty() ? "" : ", " + count(warnings.size(), "warning"))
                .append('\n')
                .toString();
    }

    /**
     * {@code {"file", "valid", "version", "problems": [{"severity", "file", "line", "key", "problem", "fix"}],
     * "keys": [{"key", "line", "standing", "note"}]}}. @see KeyStanding
     */
    public String json() {
        ObjectNode json = JSON.createObjectNode();
        json.put("file", file);
        json.put("valid", exitCode() == 0);
        if (result instanceof ConfigResult.Valid valid) {
            json.put("version", valid.config().version());
        }
        json.set("problems", JSON.valueToTree(result.problems()));
        json.set("keys", JSON.valueToTree(keys));
        return json.toPrettyString();
    }

    private List<Problem> of(Severity severity) {
        return result.problems().stream()
                .filter(problem -> problem.severity() == severity)
                .toList();
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
