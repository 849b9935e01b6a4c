package dev.laneway.dialects.pairs;

import java.util.stream.Collectors;

/** The page {@code deploy/docs/dialects.md}. */
final class PairPage {
    private PairPage() {}

    static String text() {
        var page = new StringBuilder("""
                # Any client, any vendor: what is carried

                For each dialect that clients speak, what becomes of a feature at each vendor's. This page is printed by the suite that tries
                every pair (`PairPageTest`), and fails where it isn't what was found.

                - **yes**: carried. **≈**: something near it is sent, or a detail of it is left out. **–**: left out, and the answer goes without it.
                  **no**: refused with 400, since the answer would be to another question. Blank: the client's format has no word for it.
                - What was left out or approximated is said by field and reason in the answer's header `x-laneway-dropped`.
                - Answers (text, streams, tool calls, thoughts and their signatures, usage, reasons to stop, refusals, errors before and in a stream) are held
                  to one contract in all pairs (`ExchangeContract`).
                - How each field is carried: [dialects/README.md](../../dialects/README.md).
                """);
        PairTable.callers().forEach((caller, wording) -> {
            page.append("\n## A client of `").append(caller.id()).append("`\n\n| feature | ");
            page.append(PairTable.vendors().stream().map(Vendor::words).collect(Collectors.joining(" | ")));
            page.append(" |\n|---|")
                    .append("---|".repeat(PairTable.vendors().size()))
                    .append('\n');
            for (Feature feature : Feature.values()) {
                page.append("| ").append(feature.words()).append(" | ");
                page.append(PairTable.vendors().stream()
                        .map(vendor -> word(PairTable.fate(caller, wording, feature, vendor)))
                        .collect(Collectors.joining(" | ")));
                page.append(" |\n");
            }
        });
        return page.toString();
    }

    private static String word(Fate fate) {
        return switch (fate) {
            case CARRIED -> "yes";
            case APPROXIMATED -> "≈";
            case DROPPED -> "–";
            case REFUSED -> "no";
            case NOT_SAID -> "";
            case LOST -> "**lost**";
        };
    }
}
