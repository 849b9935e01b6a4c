package dev.laneway.standalone.trials;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.laneway.standalone.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command as a person calls it, on a system that really runs. */
class ProveIT {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String MODELS = """
            model_list:
              - model_name: home
                litellm_params: {model: ollama/llama3.2, api_base: http://localhost:11434}
              - model_name: claude
                litellm_params: {model: anthropic/claude-sonnet-4-5, api_key: sk-ant-a-secret-of-the-file}
              - model_name: "home/*"
                litellm_params: {model: "ollama/*", api_base: http://localhost:11434}
            lanes:
              private: {privacy: local_only}
              routine: {privacy: local_first, approved: [claude]}
              premium: {privacy: cloud_allowed}
            """;

    @TempDir
    private Path folder;

    private record Ran(int exit, String out, String err) {}

    @Test
    void shouldProveWithEvidenceThatPrivateWorkStays() throws Exception {
        Path config = config("""
                routes:
                  secure: {lane: private, chain: [home]}
                  "home/*": {lane: private, chain: ["home/*"]}
                  everyday: {lane: routine, chain: [home, claude]}
                  best: {lane: premium, chain: [claude, home]}
                """);

        Ran ran = prove("--json", "--config", config.toString());

        assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
        JsonNode proof = JSON.readTree(ran.out());
        assertThat(proof.at("/kept").asBoolean()).isTrue();
        assertThat(proof.at("/config_sha256").asText()).hasSize(64);
        assertThat(ran.out()).doesNotContain("sk-ant-a-secret-of-the-file");
        assertThat(route(proof, "secure").at("/verdict").asText()).isEqualTo("stays inside");
        assertThat(sides(route(proof, "secure"), "inside fails"))
                .containsOnly("inside")
                .hasSize(2);
        assertThat(route(proof, "everyday").at("/because").asText()).isEqualTo("approved claude");
        assertThat(sides(route(proof, "everyday"), "all answer")).containsExactly("inside", "inside");
        assertThat(sides(route(proof, "everyday"), "inside fails"))
                .containsExactly("inside", "outside", "inside", "outside");
        assertThat(sides(route(proof, "best"), "all fail")).containsExactly("outside", "inside", "outside", "inside");
        assertThat(sides(route(proof, "home/*"), "all answer")).containsExactly("inside", "inside");
        assertThat(proof.at("/routes/0/tries/0/trace/steps").findValuesAsText("topic"))
                .contains("lw.local.requests.private.interactive", "lw.usage");
        assertThat(proof.at("/attacks")).hasSize(4).allSatisfy(attack -> {
            assertThat(attack.at("/held").asBoolean()).as(attack.toString()).isTrue();
            assertThat(attack.at("/calls")).isEmpty();
        });
        assertThat(proof.at("/stray_calls")).isEmpty();
    }

    @Test
    void shouldRefuseAConfigThatLeaks() throws Exception {
        Path config = config("""
                routes:
                  secure: {lane: private, chain: [home]}
                router_settings:
                  fallbacks: [{home: [claude]}]
                """);

        Ran ran = prove("--config", config.toString());

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out())
                .contains("would leave the network")
                .contains("anthropic/claude-sonnet-4-5")
                .contains("REFUSED");
    }

    private Path config(String routes) throws IOException {
        return Files.writeString(folder.resolve("laneway.yaml"), MODELS + routes);
    }

    private static Ran prove(String... options) {
        List<String> arguments = new ArrayList<>(List.of("prove"));
        arguments.addAll(List.of(options));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine laneway = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int exit = laneway.execute(arguments.toArray(String[]::new));
        return new Ran(exit, out.toString(), err.toString());
    }

    private static JsonNode route(JsonNode proof, String name) {
        for (JsonNode route : proof.at("/routes")) {
            if (route.at("/route").asText().equals(name)) {
                return route;
            }
        }
        throw new AssertionError("no route " + name);
    }

    private static List<String> sides(JsonNode route, String scenario) {
        List<String> sides = new ArrayList<>();
        for (JsonNode tried : route.at("/tries")) {
            if (tried.at("/scenario").asText().equals(scenario)) {
                tried.at("/calls").forEach(call -> sides.add(call.at("/side").asText()));
            }
        }
        return sides;
    }
}
