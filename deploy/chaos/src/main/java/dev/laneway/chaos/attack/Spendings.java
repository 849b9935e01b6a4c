package dev.laneway.chaos.attack;

import dev.laneway.chaos.load.PaidWork;
import dev.laneway.chaos.load.PaidWork.Size;
import dev.laneway.chaos.oracle.PipelineLog;
import dev.laneway.contracts.Charge;
import dev.laneway.contracts.Fact;
import dev.laneway.contracts.Outcome;
import dev.laneway.runtime.codec.UndecodableException;
import dev.laneway.runtime.kafka.KafkaSettings;
import dev.laneway.testkit.calls.Call;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What budgets were and what became of them.
 *
 * @param overshot of which more was spent, by the facts or by the vendor
 * @param passed calls that were answered
 * @param unknown calls of which nobody knows
 * @param missing calls that neither passed nor are unknown, though the budget was worth them; only where all calls cost the same
 * @param leftOver budgets that a further call would have fitted in
 */
record Spendings(int budgets, int overshot, int passed, int unknown, int missing, int leftOver) {
    static final Spendings NONE = new Spendings(0, 0, 0, 0, 0, 0);

    Spendings plus(Spendings other) {
        return new Spendings(
                budgets + other.budgets,
                overshot + other.overshot,
                passed + other.passed,
                unknown + other.unknown,
                missing + other.missing,
                leftOver + other.leftOver);
    }

    String text() {
        return passed + " answers, " + unknown + " unknown, " + overshot + " overshot, " + missing + " missing, "
                + leftOver + " not used up";
    }

    /** One owner's. */
    private static final class Account {
        private BigDecimal spent = BigDecimal.ZERO;
        private BigDecimal billed = BigDecimal.ZERO;
        private int passed;
        private int unknown;
    }

    /**
     * Reads the facts. Blocks.
     *
     * @param even whether all calls cost the same
     */
    static Spendings read(KafkaSettings kafka, List<Call> calls, List<Payer> payers, Size size, boolean even)
            throws UndecodableException {
        PipelineLog log = PipelineLog.read(kafka);
        Map<String, Account> accounts = new HashMap<>();
        payers.forEach(payer -> accounts.put(payer.owner(), new Account()));
        Map<String, Account> byAttempt = new HashMap<>();
        log.attempts().forEach((attempt, facts) -> {
            Fact.Attempted last = facts.stream()
                    .filter(fact -> fact.usage() != null)
                    .findFirst()
                    .orElse(facts.getLast());
            Account account = accounts.get(last.request().owner());
            if (account == null) {
                return;
            }
            byAttempt.put(attempt, account);
            Charge charge = last.charge();
            account.spent = account.spent.add(
                    charge == null ? BigDecimal.ZERO : charge.cost().dollars());
            account.passed += last.outcome() == Outcome.SUCCEEDED ? 1 : 0;
            account.unknown += last.outcome() == Outcome.UNKNOWN ? 1 : 0;
        });
        for (Call call : calls) {
            Account account = byAttempt.get(call.attemptId());
            if (account != null) {
                account.billed = account.billed.add(price(call));
            }
        }
        Spendings all = NONE;
        for (Account account : accounts.values()) {
            boolean over = account.spent.compareTo(size.budget()) > 0 || account.billed.compareTo(size.budget()) > 0;
            int missing = even ? Math.max(0, size.calls() - account.passed - account.unknown) : 0;
            boolean room = account.spent.add(PaidWork.callPrice()).compareTo(size.budget()) <= 0;
            all = all.plus(new Spendings(1, over ? 1 : 0, account.passed, account.unknown, missing, room ? 1 : 0));
        }
        return all;
    }

    /** By the config's prices, which only know the answer's tokens. */
    private static BigDecimal price(Call call) {
        BigDecimal tokens = BigDecimal.valueOf(call.usage().completion()).multiply(PaidWork.PRICE);
        return call.model().startsWith("sim-paid-dear")
                ? tokens.multiply(BigDecimal.valueOf(PaidWork.TIMES_DEARER))
                : tokens;
    }
}
