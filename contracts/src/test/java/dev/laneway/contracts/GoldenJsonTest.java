package dev.laneway.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One JSON file an event: a change of the wire is seen here first, and has to be meant. To mean it, run the test once with {@code
 * LANEWAY_GOLDEN=write} in the environment, and read what git then shows.
 */
class GoldenJsonTest {
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private static final Request REQUEST = new Request(
            "req_01kb0000000000000000000000",
            "master",
            "general-smart",
            "premium",
            Zone.CLOUD,
            WorkClass.INTERACTIVE,
            Dialect.OPENAI_CHAT,
            true,
            true,
            Set.of(Feature.TOOLS),
            1200,
            300,
            1_795_000_000_000L,
            1_795_000_600_000L,
            new ReplyAddress("lw.cloud.replies", 2),
            "0123456789ab",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            Map.of("anthropic-beta", "tools-2024"),
            new BodyRef("lw.cloud.bodies", 1, List.of(7L, 9L), 1_500_000, "ab".repeat(32)),
            new ClientNames("12".repeat(16), "34".repeat(16), "56".repeat(16)),
            new Payer("team-red", "user-ada", List.of("night", "batch")),
            2,
            null);

    private static final Request EXTRAS = new RequestDraft(REQUEST)
            .stream(false)
                    .includeUsage(false)
                    .features(Set.of(Feature.VISION))
                    .reply(null)
                    .traceparent(null)
                    .headers(Map.of())
                    .body(null)
                    .names(null)
                    .payer(null)
                    .choices(0)
                    .extras(new AskedExtras(2, 1, 1, Map.of(HostedTool.WEB_SEARCH, 4L), 5, ServiceTier.FLEX))
                    .build();

    private static final Terms TERMS = new Terms(
            List.of("general-smart", "claude-*"),
            List.of("premium"),
            List.of("search"),
            List.of("shell"),
            List.of("10.0.0.0/8"),
            new RateLimits(60, 100_000, 1_000, 2_000_000, 4, 32_000),
            List.of(
                    new Budget(
                            "monthly",
                            Money.ofDollars("250.50"),
                            BudgetPeriod.of("1mo"),
                            "Europe/Berlin",
                            List.of(80, 50)),
                    Budget.of(Money.ofDollars("5"), BudgetPeriod.TOTAL)),
            Money.ofDollars("0.25"),
            WhenAway.OPEN);

    private static final Attempt ATTEMPT = new Attempt(
            REQUEST,
            new Plan(
                    "0123456789ab",
                    List.of(new Hop("claude", List.of("d_1")), new Hop("home", List.of("d_2", "d_3"))),
                    2,
                    true,
                    1,
                    1,
                    3,
                    4,
                    0,
                    List.of("d_3"),
                    new Failure(FailureKind.RATE_LIMITED, "slow down", 429, 1500),
                    List.of(FailureKind.TIMEOUT),
                    1),
            1,
            3,
            "d_2",
            "ollama-1a2b",
            1,
            1_795_000_001_000L);

    private static final Said SAID = new Said(ATTEMPT.id(), 77, 7, 12_345, 420);

    private static final Attempt CONTINUING = new Attempt(
            REQUEST,
            Plan.untried("0123456789ab", List.of(new Hop("claude", List.of("d_1"))), 2, true, true),
            0,
            4,
            "d_1",
            "anthropic-1a2b",
            1,
            1_795_000_001_000L,
            SAID);

    static Stream<Arguments> records() {
        Fact.Subject subject = Fact.Subject.of(REQUEST);
        return Stream.of(
                Arguments.of("request", Request.class, REQUEST),
                Arguments.of("attempt", Attempt.class, ATTEMPT),
                Arguments.of(
                        "failed-attempt",
                        FailedAttempt.class,
                        new FailedAttempt(
                                ATTEMPT, Failure.of(FailureKind.TIMEOUT, "no answer"), true, 0, 1_795_000_002_000L)),
                Arguments.of(
                        "failed-attempt-said",
                        FailedAttempt.class,
                        new FailedAttempt(
                                CONTINUING,
                                Failure.of(FailureKind.CUT_STREAM, "cut"),
                                true,
                                2,
                                1_795_000_002_000L,
                                SAID)),
                Arguments.of("attempt-continuing", Attempt.class, CONTINUING),
                Arguments.of(
                        "attempt-holding",
                        Attempt.class,
                        ATTEMPT.holding(new Hold(
                                Money.ofDollars("0.03"),
                                300,
                                List.of("team/team-red/monthly@1793487600000/250500000000"),
                                true))),
                Arguments.of(
                        "attempt-allotted",
                        Attempt.class,
                        ATTEMPT.allotted(new Allotment(
                                1_795_000_000_900L,
                                1_420,
                                List.of(
                                        new Allotment.Share(
                                                Scope.DEPLOYMENT, "d_2", new RateLimits(60, 90_000, 0, 0, 0, 0)),
                                        new Allotment.Share(
                                                Scope.PROVIDER, "ollama", new RateLimits(0, 0, 0, 0, 4, 0)))))),
                Arguments.of("attempt-again", Attempt.class, ATTEMPT.perhapsAgain("c0ffee.mQqhPjvkaiDl")),
                Arguments.of(
                        "failed-attempt-again",
                        FailedAttempt.class,
                        new FailedAttempt(
                                        ATTEMPT,
                                        Failure.of(FailureKind.UNKNOWN, "its worker died"),
                                        true,
                                        0,
                                        1_795_000_002_000L)
                                .perhapsAgain("none")),
                Arguments.of(
                        "reply-frame-continuing",
                        Reply.class,
                        new Reply.Frame(
                                REQUEST.id(),
                                CONTINUING.id(),
                                7,
                                new Reply.Head("d_1", Zone.CLOUD, 2, 1, "text/event-stream", Map.of()),
                                null,
                                78,
                                new Reply.Continued(ATTEMPT.id(), 77))),
                Arguments.of(
                        "reply-frame",
                        Reply.class,
                        new Reply.Frame(
                                REQUEST.id(),
                                ATTEMPT.id(),
                                0,
                                new Reply.Head("d_2", Zone.LOCAL, 3, 1, "text/event-stream", Map.of("x-a", "b")),
                                new Reply.End(new TokenUsage(10, 20, 4, 0, 5)))),
                Arguments.of(
                        "reply-frame-bare",
                        Reply.class,
                        new Reply.Frame(REQUEST.id(), ATTEMPT.id(), 3, null, null, 77)),
                Arguments.of(
                        "reply-failed",
                        Reply.class,
                        new Reply.Failed(REQUEST.id(), Failure.of(FailureKind.SERVER_ERROR, "boom"), 502, 3, 1)),
                Arguments.of(
                        "reply-failed-short",
                        Reply.class,
                        new Reply.Failed(
                                REQUEST.id(),
                                new Failure(
                                        FailureKind.BUDGET_EXCEEDED,
                                        "nothing left",
                                        0,
                                        3_600_000,
                                        List.of(new Shortage(
                                                "team/red/monthly@1793491200000-1796083200000/250500000000",
                                                Money.ofDollars("0.0012")))),
                                429,
                                0,
                                0)),
                Arguments.of("signal-cancel", Signal.class, new Signal.Cancel(REQUEST.id())),
                Arguments.of("signal-pause", Signal.class, new Signal.Pause(REQUEST.id())),
                Arguments.of("signal-resume", Signal.class, new Signal.Resume(REQUEST.id())),
                Arguments.of("fact-accepted", Fact.class, new Fact.Accepted(subject)),
                Arguments.of(
                        "fact-attempted",
                        Fact.class,
                        new Fact.Attempted(
                                subject,
                                ATTEMPT.id(),
                                "d_2",
                                "home",
                                "ollama",
                                "ollama-1a2b",
                                "llama3.2",
                                Zone.LOCAL,
                                "local",
                                Outcome.SUCCEEDED,
                                null,
                                200,
                                true,
                                new TokenUsage(10, 20, 4, 0, 5),
                                1_795_000_001_000L,
                                1_795_000_001_500L,
                                1_795_000_002_000L,
                                new Fact.Terminal(Status.COMPLETED, 200, null, 3, 1, "lw.cloud.replies", 2, 100, 140),
                                false,
                                new Charge(Money.ofDollars("0.0000125"), "ollama/llama3.2@2026-08-06", true),
                                List.of("team/team-red/monthly@1793487600000/250500000000"))),
                Arguments.of(
                        "fact-attempted-extras",
                        Fact.class,
                        new Fact.Attempted(
                                subject,
                                ATTEMPT.id(),
                                "d_2",
                                "chat",
                                "openai",
                                "openai-1a2b",
                                "gpt-audio",
                                Zone.CLOUD,
                                "local",
                                Outcome.SUCCEEDED,
                                null,
                                200,
                                true,
                                new TokenUsage(
                                        10,
                                        20,
                                        4,
                                        0,
                                        0,
                                        5,
                                        new UsedExtras(
                                                6, 1, 7, 2, Map.of(HostedTool.WEB_SEARCH, 3L), ServiceTier.PRIORITY)),
                                1_795_000_001_000L,
                                1_795_000_001_500L,
                                1_795_000_002_000L,
                                null,
                                false,
                                new Charge(
                                        Money.ofDollars("0.03005"),
                                        "openai/gpt-4o@2024-10-02",
                                        false,
                                        Map.of(
                                                ChargePart.OUTPUT, Money.ofDollars("0.00005"),
                                                ChargePart.WEB_SEARCH, Money.ofDollars("0.03"))),
                                List.of())),
                Arguments.of("request-extras", Request.class, EXTRAS),
                Arguments.of(
                        "fact-ended",
                        Fact.class,
                        new Fact.Ended(
                                subject, 1_795_000_002_000L, Fact.Terminal.failed(FailureKind.EXPIRED, 504, 3, 1))),
                Arguments.of(
                        "fact-noticed",
                        Fact.class,
                        new Fact.Noticed(
                                "notice_gw-1_7",
                                "key_01kb",
                                NoticeKind.FORBIDDEN_MODEL,
                                3,
                                1_795_000_000_000L,
                                1_795_000_000_900L)),
                Arguments.of(
                        "control-config",
                        Control.class,
                        new Control.Config(3, "0123456789ab", "model_list: []", 1_795_000_000_000L)),
                Arguments.of(
                        "control-key",
                        Control.class,
                        new Control.Key(
                                4,
                                "key_01kb",
                                "ab".repeat(32),
                                "x7Qz",
                                "nightly",
                                "team-red",
                                "user-ada",
                                List.of("night"),
                                TERMS,
                                "small",
                                Role.READ_ONLY,
                                true,
                                1_795_000_000_000L,
                                "cd".repeat(32),
                                1_794_000_000_000L,
                                true,
                                "cmd_1",
                                Map.of("owner of it", "Ada"),
                                1_793_000_000_000L)),
                Arguments.of(
                        "control-key-bare",
                        Control.class,
                        new Control.Key(
                                1,
                                "key_01kb",
                                "ab".repeat(32),
                                null,
                                null,
                                null,
                                null,
                                List.of(),
                                Terms.NONE,
                                null,
                                null,
                                false,
                                0,
                                null,
                                0,
                                false,
                                null,
                                Map.of(),
                                0)),
                Arguments.of(
                        "control-team",
                        Control.class,
                        new Control.Team(
                                2,
                                "team-red",
                                "Red",
                                TERMS,
                                Map.of("user-ada", Role.TEAM_ADMIN),
                                true,
                                true,
                                "cmd_2",
                                Map.of("floor", 3),
                                1_793_000_000_000L)),
                Arguments.of(
                        "control-user",
                        Control.class,
                        new Control.User(
                                2,
                                "user-ada",
                                "Ada",
                                "ada@example.com",
                                Role.ADMIN,
                                TERMS,
                                true,
                                true,
                                "cmd_3",
                                Map.of("desk", List.of("4", "b")),
                                1_793_000_000_000L)),
                Arguments.of(
                        "control-purse",
                        Control.class,
                        new Control.Purse(
                                2,
                                Scope.PROVIDER,
                                "openai",
                                Terms.budgeted(Budget.of(Money.ofDollars("100"), BudgetPeriod.of("30d"))),
                                false,
                                "cmd_4")),
                Arguments.of(
                        "control-template",
                        Control.class,
                        new Control.Template(
                                1,
                                "small",
                                Terms.budgeted(Budget.of(Money.ofDollars("1"), BudgetPeriod.of("1d"))),
                                true,
                                "cmd_5",
                                1_793_000_000_000L)),
                Arguments.of(
                        "control-silence",
                        Control.class,
                        new Control.Silence(
                                1,
                                "silence_01kb",
                                "spend",
                                "team/red",
                                1_795_000_000_000L,
                                1_795_003_600_000L,
                                "a load test",
                                "master for ann",
                                true,
                                "cmd_7",
                                1_795_000_000_000L)),
                Arguments.of(
                        "command",
                        Command.class,
                        new Command(
                                "cmd_6",
                                "master",
                                Command.Action.BLOCK,
                                1_795_000_000_000L,
                                1_795_000_003_000L,
                                2,
                                new Control.Team(
                                        2,
                                        "team-red",
                                        "Red",
                                        Terms.NONE,
                                        Map.of(),
                                        true,
                                        false,
                                        "cmd_2",
                                        Map.of(),
                                        0))),
                Arguments.of(
                        "command-refusal",
                        CommandRefusal.class,
                        new CommandRefusal("cmd_6", CommandRefusal.Reason.TAKEN, "key_alias")),
                Arguments.of("control-master-key", Control.class, new Control.MasterKey(1, "cd".repeat(32))),
                Arguments.of(
                        "health-measured",
                        Health.class,
                        new Health(
                                "d_2", "ollama-1a2b", 1_795_000_002_000L, new Health.Load("w_1", 3, 240, 12, 3_400))),
                Arguments.of(
                        "health-signed-out",
                        Health.class,
                        new Health(
                                "d_2",
                                "ollama-1a2b",
                                Health.State.OUT_OF_SERVICE,
                                1_795_000_009_000L,
                                FailureKind.UNAUTHORIZED,
                                1_795_000_002_000L,
                                Zone.LOCAL,
                                null)),
                Arguments.of(
                        "health",
                        Health.class,
                        new Health(
                                "d_2",
                                "ollama-1a2b",
                                Health.State.PAUSED,
                                1_795_000_009_000L,
                                FailureKind.RATE_LIMITED,
                                1_795_000_002_000L)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("records")
    void shouldBeWrittenAsTheGoldenFileSays(String name, Class<?> type, Object value) throws IOException {
        String written = JSON.writerFor(type).writeValueAsString(value);
        if ("write".equals(System.getenv("LANEWAY_GOLDEN"))) {
            Files.writeString(Path.of("src/test/resources/golden", name + ".json"), written + "\n");
        }

        assertThat(JSON.readTree(written)).isEqualTo(JSON.readTree(golden(name)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("records")
    void shouldBeReadBackWhole(String name, Class<?> type, Object value) throws IOException {
        assertThat((Object) JSON.readValue(golden(name), type)).isEqualTo(value);
    }

    @Test
    void shouldKeepWhatNobodySaidOutOfTheWire() throws IOException {
        String written = JSON.writerFor(Reply.class).writeValueAsString(new Reply.Frame("r", "a", 1, null, null));

        assertThat(JSON.readTree(written).size()).isEqualTo(4);
    }

    private static String golden(String name) throws IOException {
        try (InputStream file = GoldenJsonTest.class.getResourceAsStream("/golden/" + name + ".json")) {
            assertThat(file).as("golden file " + name).isNotNull();
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
