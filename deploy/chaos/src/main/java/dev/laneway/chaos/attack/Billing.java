package dev.laneway.chaos.attack;

import dev.laneway.chaos.cluster.Cluster;
import dev.laneway.chaos.cluster.Cluster.Instance;
import dev.laneway.chaos.cluster.Role;
import dev.laneway.chaos.cluster.ServerUnit;
import dev.laneway.chaos.load.PaidWork;
import dev.laneway.chaos.oracle.Ledger;
import dev.laneway.testkit.calls.Call;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * A hundred thousand paid requests, as fast as they go, while accounting is killed five times. Then the ledger's sum is held against the
 * vendor's bill, and the roll-up's against both.
 */
final class Billing implements Attack {
    static final String NAME = "bill";

    private static final int REQUESTS = 100_000;
    private static final int CALLERS = 64;
    private static final int KILLS = 5;
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean bringsItsOwnLoad() {
        return true;
    }

    @Override
    public void run(Stage stage) throws IOException, InterruptedException {
        long from = System.nanoTime();
        int callsBefore = stage.simulator().calls().size();
        Payer payer = new Payer(PaidWork.UNLIMITED, PaidWork.key(PaidWork.UNLIMITED), PATIENCE);
        try (Callers callers =
                Callers.counted(CALLERS, stage.cluster()::ingresses, PaidWork.PLAIN, List.of(payer), REQUESTS)) {
            for (int kill = 1; kill <= KILLS; kill++) {
                awaitAnswers(stage, payer, REQUESTS * kill / (KILLS + 2), from);
                killAccounting(stage, kill);
            }
            callers.awaitEnd(PATIENCE);
        }
        stage.say(payer.answers() + " answers in "
                + Duration.ofNanos(System.nanoTime() - from).toSeconds() + " s");
        compare(stage, callsBefore);
    }

    private static void awaitAnswers(Stage stage, Payer payer, int answers, long from) throws InterruptedException {
        while (payer.answers() < answers && System.nanoTime() - from < PATIENCE.toNanos()) {
            stage.pause(Duration.ofMillis(100));
        }
    }

    private static void killAccounting(Stage stage, int turn) throws IOException, InterruptedException {
        Instance victim = new Instance(Role.ACCOUNTING, turn % Cluster.INSTANCES);
        Strike strike = stage.strike("kill -9 " + victim, Role.ACCOUNTING, null);
        stage.cluster().kill(victim);
        stage.watchUsage(strike);
        stage.cluster().launch(victim, Map.of());
        stage.cluster().awaitReady(victim);
        stage.mended(strike);
    }

    private static void compare(Stage stage, int callsBefore) throws IOException, InterruptedException {
        List<Call> all = stage.simulator().calls();
        BigDecimal bill = all.subList(callsBefore, all.size()).stream()
                .map(call -> BigDecimal.valueOf(call.usage().completion()).multiply(PaidWork.PRICE))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        try {
            UsageWatch.millisUntilRead(stage.cluster().kafka());
            Ledger ledger =
                    new Ledger(stage.cluster().server(ServerUnit.Kind.POSTGRES).address());
            BigDecimal entered = ledger.spentBy(PaidWork.UNLIMITED);
            BigDecimal rolledUp = ledger.rolledUpFor(PaidWork.UNLIMITED);
            stage.say((all.size() - callsBefore) + " calls: the vendor's bill is $" + bill.toPlainString()
                    + ", the ledger's sum $" + entered.toPlainString() + ", the roll-up's $"
                    + rolledUp.toPlainString());
            stage.measure(difference("the ledger", entered, bill));
            stage.measure(difference("the roll-up", rolledUp, bill));
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the ledger can't be read", e);
        }
    }

    private static Measure difference(String what, BigDecimal sum, BigDecimal bill) {
        return new Measure(
                what + " beside the vendor's bill of " + REQUESTS + " requests, millionths of a dollar apart",
                sum.subtract(bill).abs().movePointRight(6).doubleValue(),
                0.5);
    }
}
