package dev.laneway.standalone.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.laneway.runtime.config.ConfigHistory;
import dev.laneway.runtime.config.ConfigLoader;
import dev.laneway.runtime.config.ConfigResult;
import dev.laneway.runtime.config.Environment;
import dev.laneway.standalone.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code config history}, {@code diff} and {@code rollback}, on files alone. */
class ConfigCommandTest {
    private static final String FIRST = """
            # written by hand
            model_list:
              - {model_name: home, litellm_params: {model: ollama/llama3.2, api_base: "http://localhost:11434"}}
              - {model_name: claude, litellm_params: {model: anthropic/claude-sonnet-4-5, api_key: os.environ/ANTHROPIC_API_KEY}}
            lanes: {routine: {privacy: local_first, approved: [claude]}}
            routes: {x: {lane: routine, chain: [home]}}
            """;
    private static final String SECOND = FIRST.replace("[home]", "[home, claude]");

    @TempDir
    Path folder;

    private Path file;
    private ConfigHistory history;

    /** What a command ended with. */
    private record Ended(int code, String out, String err) {}

    @BeforeEach
    void name() {
        file = folder.resolve("laneway.yaml");
        history = ConfigHistory.of(folder.resolve("state"), file);
    }

    private Ended config(String command, String... more) {
        List<String> arguments = new ArrayList<>(List.of("config", command, "--config", file.toString()));
        arguments.addAll(List.of("--data-dir", folder.resolve("data").toString()));
        arguments.addAll(List.of(more));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int code = line.execute(arguments.toArray(String[]::new));
        return new Ended(code, out.toString(), err.toString());
    }

    /** As a gateway does with what comes into force. */
    private String inForce(String text) throws IOException {
        Files.writeString(file, text);
        ConfigResult result = new ConfigLoader(new CatalogueProviders(), true).load(file, Environment.system());
        assertThat(result).isInstanceOf(ConfigResult.Valid.class);
        history.keep((ConfigResult.Valid) result);
        return ((ConfigResult.Valid) result).config().version();
    }

    @Test
    void shouldListNewestFirst() throws Exception {
        String first = inForce(FIRST);
        String second = inForce(SECOND);
        Files.writeString(file, FIRST + "# a comment changes nothing\n");

        Ended text = config("history");
        JsonNode json = JsonMapper.builder()
                .build()
                .readTree(config("history", "--json").out());

        assertThat(text.code()).isZero();
        assertThat(text.out().lines())
                .hasSize(3)
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("   2  ").endsWith(second),
                        line -> assertThat(line).startsWith("   1  ").endsWith(first + "  the file's now"),
                        line -> assertThat(line).isEqualTo("kept in " + history.path()));
        assertThat(json.at("/versions/0/version").asText()).isEqualTo(second);
        assertThat(json.at("/versions/0/now").asBoolean()).isFalse();
        assertThat(json.at("/versions/1/number").asInt()).isEqualTo(1);
        assertThat(json.at("/versions/1/now").asBoolean()).isTrue();
        assertThat(json.at("/version").asText()).isEqualTo(first);
    }

    @Test
    void shouldSayWhereItLookedWhenNothingIsKept() throws IOException {
        Files.writeString(file, FIRST);

        assertThat(config("history").out())
                .contains("in " + history.path() + ".")
                .contains("--data-dir");
        assertThat(config("history").code()).isZero();
        assertThat(config("diff")).extracting(Ended::code, Ended::out).containsExactly(2, "");
        assertThat(config("rollback").err()).contains(history.path().toString());
        assertThat(config("rollback").code()).isEqualTo(1);
    }

    @Test
    void shouldTellWhatChangedByMeaning() throws IOException {
        String first = inForce(FIRST);
        String second = inForce(SECOND);
        Path copy = Files.writeString(folder.resolve("copy.yaml"), SECOND + "# the same\n");

        Ended changed = config("diff");

        assertThat(changed.code()).isEqualTo(1);
        assertThat(changed.out())
                .startsWith("from kept version 1 (" + first)
                .contains("to " + file + " (" + second + "):\n+ routes.x.chain[1]: claude\n\n")
                .contains("x can reach, and could not before:\n    anthropic/claude-sonnet-4-5")
                .endsWith("MAY NOW LEAVE THE NETWORK, and could not before: x\n");
        assertThat(config("diff", "1")).isEqualTo(changed);
        assertThat(config("diff", "2").code()).isZero();
        assertThat(config("diff", copy.toString()).code()).isZero();
        assertThat(config("diff", "7").err()).contains("no version 7");
        assertThat(config("diff", "7").code()).isEqualTo(2);
        assertThat(config("diff", "none.yaml").code()).isEqualTo(2);
        assertThat(config("diff", "--no-such-option").code()).isEqualTo(2);
        Files.writeString(file, "lanes: [");
        assertThat(config("diff").code()).isEqualTo(2);
    }

    @Test
    void shouldRollBackToTheVersionBeforeAndForthAgain() throws IOException {
        inForce(FIRST);
        inForce(SECOND);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        Ended back = config("rollback");

        assertThat(back.err()).isEmpty();
        assertThat(back.code()).isZero();
        assertThat(back.out())
                .contains("is kept version 1 (")
                .contains("- routes.x.chain[1]: claude\n")
                .contains("no route can reach what it could not before");
        assertThat(file).content().isEqualTo(FIRST);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
        assertThat(history.newestFirst()).hasSize(3);
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactlyInAnyOrder(file, folder.resolve("state"));
        }

        assertThat(config("rollback").out()).contains("+ routes.x.chain[1]: claude\n");
        assertThat(file).content().isEqualTo(SECOND);
        assertThat(config("rollback", "2").out()).contains("already");
    }

    @Test
    void shouldKeepWhatTheFileWasBeforeEvenIfItWasRefused() throws IOException {
        String first = inForce(FIRST);
        Files.writeString(file, "lanes: [");

        assertThat(config("history").out()).contains("the file is no valid config now: ");
        assertThat(config("rollback").code()).isZero();

        assertThat(file).content().isEqualTo(FIRST);
        assertThat(history.newestFirst()).extracting(kept -> kept.version()).containsExactly(first, "refused", first);
        assertThat(history.newestFirst().get(1).path()).content().isEqualTo("lanes: [");
    }

    @Test
    void shouldRefuseWhatIsNoLongerValidWithAllItsProblems() throws IOException {
        inForce(FIRST);
        inForce(SECOND);
        Files.writeString(
                history.newestFirst().getLast().path(),
                FIRST.replace("approved: [claude]", "aproved: [claude]").replace("[home]", "[house]"));

        Ended refused = config("rollback", "1");

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err())
                .contains("aproved")
                .contains("house")
                .contains("is refused: 2 errors")
                .contains("is as it was");
        assertThat(file).content().isEqualTo(SECOND);
        assertThat(history.newestFirst()).hasSize(2);
        assertThat(config("rollback", "9").code()).isEqualTo(1);
        assertThat(config("rollback", "x").code()).isEqualTo(2);
    }

    @Test
    void shouldNotReplaceASymbolicLink() throws IOException {
        inForce(FIRST);
        inForce(SECOND);
        Path target = Files.move(file, folder.resolve("target.yaml"));
        Files.createSymbolicLink(file, target);

        Ended refused = config("rollback");

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err())
                .contains("is a symbolic link")
                .contains(history.newestFirst().getLast().path().toString());
        assertThat(file).isSymbolicLink().content().isEqualTo(SECOND);
    }

    @Test
    void shouldNotLoseAFileThatHoldsASecret() throws IOException {
        inForce(FIRST);
        String secret = SECOND.replace("os.environ/ANTHROPIC_API_KEY", "topsecret");
        inForce(secret);

        Ended refused = config("rollback");

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("holds a secret in line 4, ").doesNotContain("topsecret");
        assertThat(file).content().isEqualTo(secret);
        Files.delete(file);
        assertThat(config("rollback").code()).isZero();
        assertThat(file).content().isEqualTo(FIRST);
    }

    @Test
    void shouldNotReplaceAFileWhoseTextCanNotBeKept() throws IOException {
        inForce(FIRST);
        byte[] noText = {(byte) 0xC3, 0x28};
        Files.write(file, noText);

        Ended refused = config("rollback");

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("is not UTF-8 text").contains("would be lost");
        assertThat(file).binaryContent().isEqualTo(noText);
    }

    @Test
    void shouldSayThatThereIsNoVersionBefore() throws IOException {
        inForce(FIRST);

        assertThat(config("rollback").err()).contains("no version before the file's own is kept in " + history.path());
        assertThat(config("diff").code()).isZero();
    }

    @Test
    void shouldWantACommandAndAFile() {
        CommandLine line = Main.commandLine().setErr(new PrintWriter(new StringWriter()));

        assertThat(line.execute("config")).isEqualTo(2);
        assertThat(line.execute("config", "history")).isEqualTo(2);
    }
}
