package dev.laneway.provider.meters;

import dev.laneway.runtime.meters.MetricName;

/**
 * Metrics of provider-workers. In each zone {@code taken = succeeded + failed + returned + duplicates + given back + late + in flight}, and {@code running +
 * waiting <= in flight}: an attempt whose call is over is in flight until the broker has its outcome.
 */
public enum ProviderMetric implements MetricName {
    TAKEN("laneway.worker.taken", "Attempts taken from their topics."),
    SUCCEEDED("laneway.worker.succeeded", "Attempts whose answer is whole and acknowledged by the broker."),
    FAILED("laneway.worker.failed", "Attempts whose call failed, by kind."),
    RETURNED("laneway.worker.returned", "Attempts that went back to the router uncalled, by kind."),
    DUPLICATES("laneway.worker.duplicates", "Attempts that were delivered again; they were not called again."),
    GIVEN_BACK(
            "laneway.worker.given.back",
            "Attempts that could not be begun, with the broker away or their partition moved, and are begun again."),
    RECOVERED("laneway.worker.recovered", "Attempts of a dead worker whose outcome was found in the log."),
    LATE("laneway.worker.late", "Attempts that ended after another worker had given them up: billed, never shown."),
    IN_FLIGHT("laneway.worker.in.flight", "Attempts taken whose outcome the broker does not have yet."),
    RUNNING("laneway.worker.running", "Attempts that hold a slot."),
    WAITING("laneway.worker.waiting", "Attempts that wait for a slot, by class."),
    PAUSED_ACCOUNTS("laneway.worker.paused.accounts", "Accounts left alone after a 429."),
    LATENCY("laneway.worker.vendor.latency", "From the beginning of a call to the end of its answer, of successes."),
    FIRST_TOKEN("laneway.worker.first.token", "From the beginning of a call to its first real token, of streams."),
    INPUT_TOKENS("laneway.worker.tokens.input", "Prompt tokens that vendors reported."),
    OUTPUT_TOKENS("laneway.worker.tokens.output", "Generated tokens that vendors reported."),
    WARMED(
            "laneway.worker.models.warmed",
            "Loads of models that Ollama servers were asked for ahead of requests, by outcome."),
    SIGN_INS("laneway.worker.sign.ins", "Times that AWS was asked for keys of a role or profile, by outcome."),
    FRAMES("laneway.worker.frames", "Reply frames published."),
    SOURCE_PAUSES(
            "laneway.worker.answer.pauses",
            "Times that an answer was read no further: its client is slow (signal) or the broker is (window)."),
    CANCELS("laneway.worker.cancels", "Cancel signals that ended an attempt."),
    QUEUE_FULL(
            "laneway.worker.queue.full", "Interactive attempts returned because too many waited for their deployment.");

    private final String id;
    private final String description;

    ProviderMetric(String id, String description) {
        this.id = id;
        this.description = description;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String description() {
        return description;
    }
}
