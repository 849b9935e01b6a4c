package dev.laneway.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What {@code /openapi.json} says is what is served, and nothing else. */
class OpenApiTest {
    private static final Pattern REFERENCE = Pattern.compile("#/components/(schemas|responses)/([A-Za-z]+)");
    /** Said of no address by itself: a browser's question, and what only has a body left out. */
    private static final Set<String> OF_EVERY_ADDRESS = Set.of("options", "head");

    private final TestIngress ingress = TestIngress.start();

    @AfterEach
    void close() {
        ingress.close();
    }

    private JsonObject document() {
        return new JsonObject(ingress.answer(ingress.request("/openapi.json")).body());
    }

    @Test
    void shouldKnowEveryAddressThatIsServed() {
        Set<String> served = new TreeSet<>();
        ingress.loops.getFirst().served().stream()
                .filter(route -> route.getPath() != null && route.methods() != null)
                .forEach(route -> route.methods().stream()
                        .map(method -> method.name().toLowerCase(Locale.ROOT))
                        .filter(method -> !OF_EVERY_ADDRESS.contains(method))
                        .forEach(method -> served.add(method + " " + shape(route.getPath()))));

        Set<String> documented = new TreeSet<>();
        for (Map.Entry<String, Object> path : document().getJsonObject("paths")) {
            if (isOfADeployment(path.getKey())) {
                continue;
            }
            ((JsonObject) path.getValue())
                    .fieldNames()
                    .forEach(method -> documented.add(method + " " + shape(path.getKey())));
        }

        assertThat(documented).isEqualTo(served);
    }

    /** Which the router looks up by its beginning alone. */
    private static boolean isOfADeployment(String path) {
        return DeploymentAddress.ROOTS.stream()
                .anyMatch(root -> path.startsWith(root + "/") && DeploymentAddress.of(path, root) != null);
    }

    /** Without the names of what a path leaves open. */
    private static String shape(String path) {
        return path.replaceAll(":[a-z]+|[{][a-z]+[}]|[*]$", "?").replaceAll("(?<=.)/$", "/?");
    }

    @Test
    void shouldReferToNothingThatIsNotThere() {
        JsonObject document = document();
        JsonObject components = document.getJsonObject("components");

        Set<String> missing = REFERENCE
                .matcher(document.encode())
                .results()
                .filter(found -> !components.getJsonObject(found.group(1)).containsKey(found.group(2)))
                .map(MatchResult::group)
                .collect(Collectors.toSet());

        assertThat(missing).isEmpty();
        assertThat(document.getString("openapi")).startsWith("3.1");
    }
}
