package dev.laneway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.testkit.calls.Call;
import dev.laneway.testkit.faults.Fault;
import dev.laneway.testkit.faults.RetryAfter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Official clients of one registry, each in a process and a home of its own: a question, a call of a tool that the client runs, and an
 * answer that holds the tool's result. Skipped where the packages can't be had.
 */
abstract class SdkClientsContract extends RealClients {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private CompletableFuture<ClientPackages> packages;

    /** Whose clients are tried. */
    abstract SdkClient.Registry registry();

    @Override
    List<String> names() {
        return clients().map(SdkClient::name).toList();
    }

    /** Installs what the clients are made of beside it. */
    @Override
    Gateway start(Path folder) throws Exception {
        packages = switch (registry()) {
            case NPM -> ClientPackages.npm("npm");
            case PYPI -> ClientPackages.pypi("pypi");
        };
        return super.start(folder);
    }

    Stream<Arguments> clientsAndVendors() {
        return clients()
                .flatMap(client -> Stream.of("openai", "anthropic").map(vendor -> Arguments.of(client, vendor)));
    }

    Stream<SdkClient> clients() {
        return SdkClient.ALL.stream().filter(client -> client.registry() == registry());
    }

    Stream<SdkClient> clientsThatRepeat() {
        return clients().filter(SdkClient::repeats);
    }

    /** Streamed from one vendor, in one piece from the other. A client may ask again where a busy machine lets it wait for too long. */
    @ParameterizedTest
    @MethodSource("clientsAndVendors")
    void shouldRunATool(SdkClient client, String vendor) throws Exception {
        String note = UUID.randomUUID().toString();
        boolean stream = vendor.equals("openai");

        ClientRun run = run(client, vendor, stream, note);

        assertAnswer(run, note);
        assertThat(calls(client + "-" + vendor)).hasSizeGreaterThanOrEqualTo(2).allSatisfy(call -> {
            assertThat(call.status()).isEqualTo(200);
            assertThat(call.stream()).isEqualTo(stream);
        });
    }

    @ParameterizedTest
    @MethodSource("clientsThatRepeat")
    void shouldWaitAsLongAsA429Says(SdkClient client) throws Exception {
        String note = UUID.randomUUID().toString();
        String route = client + "-openai";
        fail(route, new Fault.Status(429, new RetryAfter.Seconds(1)));

        ClientRun run = run(client, "openai", true, note);

        assertAnswer(run, note);
        List<Call> calls = calls(route);
        assertThat(calls).extracting(Call::status).startsWith(429).endsWith(200, 200);
        assertThat(Duration.between(calls.get(0).started(), calls.get(1).started()))
                .isGreaterThanOrEqualTo(Duration.ofMillis(950));
    }

    /** It ends with an error in the client's own format, which no client takes for an answer. */
    @ParameterizedTest
    @MethodSource("clients")
    void shouldFindAnErrorInAStreamThatBreaks(SdkClient client) throws Exception {
        fail(client + "-anthropic", new Fault.ErrorMidStream(1, 500));

        ClientRun run = run(client, "anthropic", true, "a note");

        assertThat(run.exit()).as(run.toString()).isPositive();
        assertThat(run.output()).doesNotContain("The tool said");
    }

    private static void assertAnswer(ClientRun run, String note) throws IOException {
        assertThat(run.exit()).as(run.toString()).isZero();
        JsonNode said = Http.JSON.readTree(run.lastLine());
        assertThat(said.at("/calls").asInt()).as(run.toString()).isOne();
        assertThat(said.at("/answer").asText()).as(run.toString()).isEqualTo("The tool said: " + note);
    }

    private ClientRun run(SdkClient client, String vendor, boolean stream, String note) throws Exception {
        Path installed = installed(client);
        Map<String, String> environment = Map.of(
                "LANEWAY_URL",
                gateway.api().toString(),
                "LANEWAY_KEY",
                Gateway.KEY,
                "MODEL",
                client + "-" + vendor,
                "STREAM",
                stream ? "yes" : "no",
                "NOTE",
                note);
        return run(client.name(), client.command(installed), environment, PATIENCE);
    }

    private Path installed(SdkClient client) throws Exception {
        Path folder = packages.get().folder();
        return switch (client.registry()) {
            case NPM -> withScripts(folder);
            case PYPI -> folder;
        };
    }

    /** Node looks for packages from where the script is. */
    private static Path withScripts(Path folder) throws IOException {
        try (var scripts = Files.newDirectoryStream(ClientPackages.SOURCES.resolve("npm"), "*.mjs")) {
            for (Path script : scripts) {
                Files.copy(script, folder.resolve(script.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return folder;
    }
}
