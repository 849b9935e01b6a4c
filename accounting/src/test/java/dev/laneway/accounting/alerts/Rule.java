package dev.laneway.accounting.alerts;

import dev.laneway.contracts.Money;
import dev.laneway.runtime.config.alerts.AlertKind;
import dev.laneway.runtime.config.alerts.AlertRule;
import dev.laneway.runtime.config.alerts.Silence;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

/** Rules for tests. */
final class Rule {
    private Rule() {}

    static AlertRule of(AlertKind kind, int threshold, Duration window) {
        return of(kind, threshold, window, 0);
    }

    static AlertRule of(AlertKind kind, int threshold, Duration window, int least) {
        return new AlertRule(
                kind.id(),
                kind,
                BigDecimal.valueOf(threshold),
                List.of(50, 80, 100),
                window,
                least,
                Money.ofDollars("5"),
                3,
                Duration.ofHours(1),
                ZoneId.of("UTC"),
                null,
                Silence.NONE);
    }
}
