package dev.laneway.chaos;

import dev.laneway.chaos.attack.Stage;
import dev.laneway.chaos.cluster.Cluster;
import dev.laneway.chaos.cluster.ServerUnit;
import dev.laneway.chaos.load.Load;
import dev.laneway.chaos.oracle.Backlog;
import dev.laneway.chaos.oracle.Claims;
import dev.laneway.chaos.oracle.Finding;
import dev.laneway.chaos.oracle.Holds;
import dev.laneway.chaos.oracle.Ledger;
import dev.laneway.chaos.oracle.Leniency;
import dev.laneway.chaos.oracle.PipelineLog;
import dev.laneway.chaos.oracle.Rules;
import dev.laneway.testkit.VendorSimulator;
import dev.laneway.testkit.calls.Call;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What the whole system says of itself, once it is idle.
 *
 * @param log the topics
 * @param calls the vendor's
 * @param findings promises that it breaks, kills' and clients' aside
 */
record Look(PipelineLog log, List<Call> calls, Set<Finding> findings) {
    /** Looks again and again until nothing new is found that may mend, or patience is over. */
    static Look until(
            Cluster cluster, VendorSimulator simulator, Load load, Stage stage, Set<Finding> known, Duration patience)
            throws Exception {
        long until = System.nanoTime() + patience.toNanos();
        while (true) {
            Look look = once(cluster, simulator, load, stage);
            boolean settled = look.findings().stream()
                    .noneMatch(finding -> finding.promise().mends() && !known.contains(finding));
            if (settled || System.nanoTime() > until) {
                return look;
            }
            TimeUnit.SECONDS.sleep(1);
        }
    }

    private static Look once(Cluster cluster, VendorSimulator simulator, Load load, Stage stage) throws Exception {
        List<Call> calls = simulator.calls();
        PipelineLog log = PipelineLog.read(cluster.kafka());
        Ledger ledger = new Ledger(cluster.server(ServerUnit.Kind.POSTGRES).address());
        Set<Finding> findings = new LinkedHashSet<>();
        findings.addAll(Rules.calls(calls, log, Leniency.UNDER_ATTACK));
        findings.addAll(Rules.ends(log, Leniency.UNDER_ATTACK));
        findings.addAll(Rules.explained(calls, log));
        findings.addAll(Rules.ledger(log, ledger.entries(), ledger.requests()));
        findings.addAll(Backlog.read(cluster.kafka()));
        findings.addAll(Claims.unfinished(cluster.server(ServerUnit.Kind.REDIS).address()));
        findings.addAll(Holds.left(cluster.server(ServerUnit.Kind.REDIS).address()));
        findings.addAll(Judge.clients(load.asked(), log, stage.strikes()));
        return new Look(log, calls, findings);
    }
}
