package dev.laneway.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.AskedExtras;
import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.Charge;
import dev.laneway.contracts.ChargePart;
import dev.laneway.contracts.Fact;
import dev.laneway.contracts.Hold;
import dev.laneway.contracts.HostedTool;
import dev.laneway.contracts.Money;
import dev.laneway.contracts.RequestDraft;
import dev.laneway.contracts.Signal;
import dev.laneway.contracts.Zone;
import dev.laneway.provider.RecordingOutbox.SentFrame;
import dev.laneway.runtime.catalogue.Catalogue;
import dev.laneway.runtime.catalogue.CatalogueText;
import dev.laneway.runtime.catalogue.Price;
import dev.laneway.runtime.catalogue.Prices;
import dev.laneway.runtime.kafka.Taken;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A dollar a million tokens in, ten out; scenes have ten tokens in, the vendor reports seven in and three out. */
class ChargeTest {
    private static final String PRICE = "acme/big-model@2026-01-01";
    private static final Map<ChargePart, Money> PARTS =
            Map.of(ChargePart.INPUT, Money.ofDollars("0.000007"), ChargePart.OUTPUT, Money.ofDollars("0.00003"));
    private static final Charge ACTUAL = new Charge(Money.ofDollars("0.000037"), PRICE, false, PARTS);
    /** Seven tokens in, twenty out. */
    private static final Map<ChargePart, Money> TWENTY =
            Map.of(ChargePart.INPUT, Money.ofDollars("0.000007"), ChargePart.OUTPUT, Money.ofDollars("0.0002"));
    /** Ten tokens in, a hundred out. */
    private static final Charge WORST = new Charge(Money.ofDollars("0.00101"), PRICE, true);

    private Rig rig;

    @BeforeEach
    void open() throws Exception {
        rig = new Rig();
        rig.prices = prices("[acme]\nbig-model 2026-01-01 verified chat in=1 out=10 most=100\n");
        rig.deployment("d_hasty", Zone.CLOUD, Duration.ofMillis(200), Duration.ofMillis(200), null);
        rig.open();
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    @Test
    void shouldChargeByTheVendorsUsage() throws Exception {
        rig.give(Scene.of("d_1"));

        rig.vendor.next().stream("token done").end();

        assertThat(charge()).isEqualTo(ACTUAL);
    }

    @Test
    void shouldChargeWhatWasHeldWhereTheBillHasADefect() throws Exception {
        Hold held = new Hold(Money.ofDollars("0.5"), 100, List.of("key/a/b@0/9"), false);
        rig.close();
        rig = new Rig();
        rig.prices = new Prices(
                () -> {
                    throw new IllegalStateException("a defect");
                },
                () -> LocalDate.EPOCH);
        rig.open();
        Future<Void> done = give(Scene.of("d_1").taken().event().holding(held));

        rig.vendor.next().stream("token done").end();

        assertThat(charge()).isEqualTo(new Charge(held.amount(), "held", true));
        Rig.until(done::succeeded);
    }

    @Test
    void shouldSayInAHeaderWhatAWholeAnswerCost() throws Exception {
        rig.give(Scene.of("d_1").whole());

        rig.vendor.next().response().end("one token");

        assertThat(charge()).isEqualTo(ACTUAL);
        assertThat(head()).containsEntry("x-litellm-response-cost", "0.000037");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldReckonWithWhatAnAnswerSaysWhoseVendorDoesNotTell(boolean stream) throws Exception {
        rig.give(stream ? Scene.of("d_1") : Scene.of("d_1").whole());

        rig.vendor.next().stream("untold " + "token ".repeat(20) + "done").end();

        assertThat(charge())
                .isEqualTo(new Charge(
                        Money.ofDollars("0.00021"),
                        PRICE,
                        true,
                        Map.of(
                                ChargePart.INPUT,
                                Money.ofDollars("0.00001"),
                                ChargePart.OUTPUT,
                                Money.ofDollars("0.0002"))));
    }

    @Test
    void shouldSayNothingOfTheCostOfAStreamWhichIsKnownTooLate() throws Exception {
        rig.give(Scene.of("d_1"));

        rig.vendor.next().stream("token done").end();

        assertThat(charge()).isEqualTo(ACTUAL);
        assertThat(head()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404, 429, 500, 503, 529})
    void shouldChargeNothingForARefusal(int status) throws Exception {
        rig.give(Scene.of("d_1"));

        rig.vendor.next().response().setStatusCode(status).end("because");

        assertThat(charge()).isEqualTo(new Charge(Money.ZERO, PRICE, false));
    }

    @ParameterizedTest
    @ValueSource(longs = {5_000_000_000_000_000_000L, Long.MAX_VALUE})
    void shouldEndACallThatAsksForMoreTokensThanCanBeCounted(long tokens) throws Exception {
        Attempt plain = Scene.of("d_1").taken().event();
        Future<Void> done = give(asking(
                plain,
                new RequestDraft(plain.request()).body(null).maxTokens(tokens).choices(2)));

        rig.vendor.next().response().setStatusCode(400).end("because");

        assertThat(charge()).isEqualTo(new Charge(Money.ZERO, PRICE, false));
        Rig.until(done::succeeded);
    }

    @Test
    void shouldReckonWithWhatCameOfAStreamThatIsCut() throws Exception {
        rig.give(Scene.of("d_1"));

        rig.vendor.next().stream("token ".repeat(20) + "\n").cut();

        // twenty came; the vendor's report of three was before the end, and is not its last word
        assertThat(charge()).isEqualTo(new Charge(Money.ofDollars("0.000207"), PRICE, true, TWENTY));
    }

    @Test
    void shouldTakeTheWorstWhenNoAnswerCame() throws Exception {
        rig.give(Scene.of("d_hasty"));
        rig.vendor.next();

        assertThat(charge()).isEqualTo(WORST);
    }

    @Test
    void shouldTakeTheWorstWhenItIsCancelledBeforeAToken() throws Exception {
        Scene scene = Scene.of("d_1");
        rig.give(scene);
        rig.vendor.next();

        rig.signal(new Signal.Cancel(scene.id()));

        assertThat(charge()).isEqualTo(WORST);
    }

    @Test
    void shouldReckonWithWhatCameWhenItIsCancelledLater() throws Exception {
        Scene scene = Scene.of("d_1");
        rig.give(scene);
        rig.vendor.next().stream("token ".repeat(20) + "\n");
        Rig.until(() -> !rig.outbox.frames().isEmpty());

        rig.signal(new Signal.Cancel(scene.id()));

        assertThat(charge()).isEqualTo(new Charge(Money.ofDollars("0.000207"), PRICE, true, TWENTY));
    }

    @Test
    void shouldTakeWhatIsHeldForTheWorst() throws Exception {
        Hold hold = new Hold(Money.ofDollars("0.5"), 40, List.of("key/a/b@0/9"), false);
        give(hold);

        rig.vendor.next().response().reset();

        assertThat(charge()).isEqualTo(new Charge(Money.ofDollars("0.5"), PRICE, true));
        assertThat(fact().windows()).containsExactly("key/a/b@0/9");
    }

    @Test
    void shouldTakeTheWorstOfACutAnswerWhoseVendorMayHaveSearched() throws Exception {
        Attempt plain = Scene.of("d_1").taken().event();
        AskedExtras searches = new AskedExtras(0, 0, 0, Map.of(HostedTool.WEB_SEARCH, 1L), 2, null);
        RequestDraft searching = new RequestDraft(plain.request()).body(null).extras(searches);
        give(asking(plain, searching).holding(new Hold(Money.ofDollars("0.5"), 40, List.of(), false)));

        rig.vendor.next().stream("token ".repeat(20) + "\n").cut();

        assertThat(charge()).isEqualTo(new Charge(Money.ofDollars("0.5"), PRICE, true));
    }

    /** Four times two to the power of sixty-two is nothing, to a machine. */
    @Test
    void shouldTakeNoNumberOfTokensForNothing() throws Exception {
        Attempt plain = Scene.of("d_1").taken().event();
        RequestDraft any =
                new RequestDraft(plain.request()).body(null).maxTokens(1L << 62).choices(4);
        give(asking(plain, any));

        rig.vendor.next().response().reset();

        assertThat(charge()).isEqualTo(new Charge(Price.MOST, PRICE, true));
    }

    private static Attempt asking(Attempt attempt, RequestDraft request) {
        return new Attempt(
                request.build(),
                attempt.plan(),
                attempt.hop(),
                attempt.tryNumber(),
                attempt.deployment(),
                attempt.account(),
                attempt.fallbacks(),
                attempt.publishedAt());
    }

    @Test
    void shouldSayThatNobodyKnowsAPrice() throws Exception {
        rig.vendorModel("d_1", "another-model").reload();
        rig.give(Scene.of("d_1").whole());

        rig.vendor.next().response().end("one token");

        assertThat(charge()).isEqualTo(Charge.UNPRICED);
        assertThat(head()).isEmpty();
    }

    @Test
    void shouldCountACallOfAnUnknownOutcomeInFull() throws Exception {
        rig.give(Scene.of("d_1"));
        rig.vendor.next();

        rig.run(() -> {
            rig.worker().cutOff();
            return null;
        });

        assertThat(charge()).isEqualTo(WORST);
    }

    private void give(Hold hold) {
        Attempt attempt = Scene.of("d_1").taken().event();
        give(attempt.holding(hold));
    }

    private Future<Void> give(Attempt attempt) {
        Taken<Attempt> taken = Scene.of("d_1").taken();
        return rig.give(new Taken<>(
                attempt, taken.topic(), taken.partition(), taken.offset(), taken.timestamp(), taken.value()));
    }

    private Charge charge() {
        return fact().charge();
    }

    private Fact.Attempted fact() {
        Rig.until(() -> !rig.outbox.facts().isEmpty());
        return rig.outbox.facts().getFirst();
    }

    private Map<String, String> head() {
        SentFrame first = rig.outbox.frames().getFirst();
        return first.frame().head().headers();
    }

    private static Prices prices(String text) {
        Catalogue catalogue = CatalogueText.read(text).catalogue();
        return Prices.of(catalogue);
    }
}
