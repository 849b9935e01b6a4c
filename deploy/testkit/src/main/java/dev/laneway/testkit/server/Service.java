package dev.laneway.testkit.server;

import dev.laneway.testkit.SimulatorConfig;
import dev.laneway.testkit.answers.Answerer;
import dev.laneway.testkit.answers.PromptCache;
import dev.laneway.testkit.anthropic.AnthropicWire;
import dev.laneway.testkit.bedrock.BedrockWire;
import dev.laneway.testkit.calls.CallFile;
import dev.laneway.testkit.calls.CallLog;
import dev.laneway.testkit.faults.FaultBook;
import dev.laneway.testkit.gemini.GeminiWire;
import dev.laneway.testkit.limits.RateLimits;
import dev.laneway.testkit.ollama.OllamaWire;
import dev.laneway.testkit.openai.OpenAiWire;
import dev.laneway.testkit.openai.ResponsesWire;
import dev.laneway.testkit.wire.Vendor;
import dev.laneway.testkit.wire.VendorWire;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * What all event loops of a simulator share. Safe for any thread.
 *
 * @param config how it was started
 * @param clock wall clock
 * @param log the calls
 * @param file where they are written, if anywhere
 * @param faults the rules in force
 * @param limits the limits in force
 * @param cache the vendors' prompt cache
 * @param answerer the model
 * @param openAi OpenAI's wire format
 * @param responses OpenAI's wire format of the Responses API
 * @param anthropic Anthropic's wire format
 * @param bedrock Bedrock's wire format
 * @param ollama Ollama's wire format
 * @param gemini Google's wire format
 */
public record Service(
        SimulatorConfig config,
        Clock clock,
        CallLog log,
        Optional<CallFile> file,
        FaultBook faults,
        RateLimits limits,
        PromptCache cache,
        Answerer answerer,
        VendorWire openAi,
        VendorWire responses,
        VendorWire anthropic,
        VendorWire bedrock,
        VendorWire ollama,
        VendorWire gemini) {

    /**
     * Everything a simulator needs, wired.
     *
     * @throws java.io.UncheckedIOException when the log file can't be opened
     */
    public static Service of(SimulatorConfig config, Clock clock) {
        Optional<CallFile> file = config.logFile().map(CallFile::open);
        CallLog log = new CallLog(config.rememberedCalls(), config.prices(), file.map(open -> open::add));
        RateLimits limits = new RateLimits(clock);
        limits.replace(config.limits());
        PromptCache cache = new PromptCache();
        return new Service(
                config,
                clock,
                log,
                file,
                new FaultBook(config.seed()),
                limits,
                cache,
                new Answerer(config.seed(), cache),
                new OpenAiWire(),
                new ResponsesWire(new OpenAiWire()),
                new AnthropicWire(config.seed()),
                new BedrockWire(),
                new OllamaWire(),
                new GeminiWire(config.seed()));
    }

    VendorWire wire(Vendor vendor) {
        return switch (vendor) {
            case OPENAI -> openAi;
            case ANTHROPIC -> anthropic;
            case BEDROCK -> bedrock;
            case OLLAMA -> ollama;
            case GEMINI -> gemini;
        };
    }

    /** Forgets calls, faults and the prompt cache, and sets the limits back to those it was started with. */
    public void reset() {
        log.reset();
        faults.replace(List.of());
        limits.replace(config.limits());
        cache.clear();
    }
}
