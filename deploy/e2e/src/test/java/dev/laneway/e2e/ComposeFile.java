package dev.laneway.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * A file as Docker Compose reads it: aliases merged, variables in place. Of the Compose specification it knows what {@code docker-compose.yml} of this
 * project uses, written in the forms that it uses.
 *
 * @param services by name, in the file's order
 * @param secrets the file of each, as written
 */
record ComposeFile(Map<String, Service> services, Map<String, Path> secrets) {
    static final Path OURS = Path.of("..", "..", "docker-compose.yml");
    private static final Pattern VARIABLE =
            Pattern.compile("\\$(?:(\\$)|\\{([A-Za-z_][A-Za-z0-9_]*)(?:(:?[-?])([^}]*))?})");
    private static final int MOST_ALIASES = 500;

    /**
     * One service.
     *
     * @param raw all of it, with variables in place
     */
    record Service(String name, Map<String, Object> raw) {
        List<String> command() {
            return texts(raw.get("command"));
        }

        Map<String, String> environment() {
            Map<String, String> all = new LinkedHashMap<>();
            map(raw.get("environment")).forEach((variable, value) -> all.put(variable, String.valueOf(value)));
            return all;
        }

        /** The arguments of the health check, without Compose's {@code CMD}; empty where there is none. */
        List<String> health() {
            List<String> test = texts(map(raw.get("healthcheck")).get("test"));
            return test.isEmpty() ? test : test.subList(1, test.size());
        }

        /** How long it may take to become healthy. */
        Duration patience() {
            Map<String, Object> check = map(raw.get("healthcheck"));
            return duration(check.getOrDefault("start_period", "0s"))
                    .plus(duration(check.get("interval"))
                            .multipliedBy(Long.parseLong(String.valueOf(check.get("retries")))));
        }

        /** What must be so before it starts: a condition by the name of each service that it depends on. */
        Map<String, String> after() {
            Map<String, String> all = new LinkedHashMap<>();
            map(raw.get("depends_on"))
                    .forEach((service, what) ->
                            all.put(service, String.valueOf(map(what).get("condition"))));
            return all;
        }

        Duration stopGrace() {
            return duration(raw.getOrDefault("stop_grace_period", "10s"));
        }

        List<String> secrets() {
            return texts(raw.get("secrets"));
        }

        Map<String, Object> limits() {
            return map(map(map(raw.get("deploy")).get("resources")).get("limits"));
        }
    }

    static ComposeFile read(Path file, Map<String, String> environment) throws IOException {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(MOST_ALIASES);
        Object read = new Yaml(new SafeConstructor(options)).load(Files.readString(file));
        Map<String, Object> root = map(filled(read, environment));
        Map<String, Service> services = new LinkedHashMap<>();
        map(root.get("services")).forEach((name, service) -> services.put(name, new Service(name, map(service))));
        Map<String, Path> secrets = new LinkedHashMap<>();
        map(root.get("secrets"))
                .forEach((name, secret) ->
                        secrets.put(name, Path.of(String.valueOf(map(secret).get("file")))));
        return new ComposeFile(services, secrets);
    }

    private static Object filled(Object value, Map<String, String> environment) {
        return switch (value) {
            case Map<?, ?> map -> {
                Map<String, Object> all = new LinkedHashMap<>();
                map.forEach((key, each) -> all.put(String.valueOf(key), filled(each, environment)));
                yield all;
            }
            case List<?> list ->
                list.stream().map(each -> filled(each, environment)).toList();
            case String text -> filled(text, environment);
            case null -> "";
            default -> value;
        };
    }

    private static String filled(String text, Map<String, String> environment) {
        return VARIABLE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(value(found, environment)));
    }

    private static String value(MatchResult found, Map<String, String> environment) {
        if (found.group(1) != null) {
            return "$";
        }
        String value = environment.get(found.group(2));
        String operator = found.group(3);
        boolean missing = value == null || (value.isEmpty() && operator != null && operator.startsWith(":"));
        if (!missing) {
            return value;
        }
        if (operator != null && operator.endsWith("?")) {
            throw new IllegalArgumentException(found.group(2) + ": " + found.group(4));
        }
        return operator == null ? "" : found.group(4);
    }

    @SuppressWarnings("unchecked") // all keys were made strings
    private static Map<String, Object> map(Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    private static List<String> texts(Object value) {
        List<String> all = new ArrayList<>();
        if (value instanceof List<?> list) {
            list.forEach(each -> all.add(String.valueOf(each)));
        }
        return all;
    }

    private static Duration duration(Object value) {
        return Duration.parse("PT" + value);
    }
}
