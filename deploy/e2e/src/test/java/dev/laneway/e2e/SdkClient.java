package dev.laneway.e2e;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An official client, run by a script of {@code deploy/agents}.
 *
 * @param name its routes are called after it
 * @param registry where its package is from
 * @param spoken what it speaks
 * @param repeats whether it asks again after a 429, as it is told
 * @param script the script's name and arguments
 */
record SdkClient(String name, Registry registry, Spoken spoken, boolean repeats, List<String> script) {
    enum Registry {
        NPM,
        PYPI
    }

    static final List<SdkClient> ALL = List.of(
            npm("openai-chat", Spoken.CHAT, true, "openai-chat.mjs"),
            npm("openai-responses", Spoken.RESPONSES, true, "openai-responses.mjs"),
            npm("anthropic", Spoken.MESSAGES, true, "anthropic.mjs"),
            npm("google-genai", Spoken.GEMINI, false, "google-genai.mjs"),
            npm("ollama", Spoken.OLLAMA, false, "ollama.mjs"),
            npm("ai-openai-compatible", Spoken.CHAT, true, "ai-sdk.mjs", "openai-compatible"),
            npm("ai-openai", Spoken.RESPONSES, true, "ai-sdk.mjs", "openai"),
            npm("ai-anthropic", Spoken.MESSAGES, true, "ai-sdk.mjs", "anthropic"),
            npm("langchain", Spoken.CHAT, true, "langchain.mjs"),
            pypi("openai-chat", Spoken.CHAT, true),
            pypi("openai-responses", Spoken.RESPONSES, true),
            pypi("anthropic-messages", Spoken.MESSAGES, true),
            pypi("google-genai", Spoken.GEMINI, false),
            pypi("langchain-openai", Spoken.CHAT, true));

    SdkClient {
        script = List.copyOf(script);
    }

    private static SdkClient npm(String name, Spoken spoken, boolean repeats, String... script) {
        return new SdkClient("npm-" + name, Registry.NPM, spoken, repeats, List.of(script));
    }

    private static SdkClient pypi(String name, Spoken spoken, boolean repeats) {
        return new SdkClient("pypi-" + name, Registry.PYPI, spoken, repeats, List.of(name + ".py"));
    }

    /** What starts it, where its packages are installed in this folder. */
    List<String> command(Path installed) {
        List<String> command = new ArrayList<>();
        switch (registry) {
            case NPM -> {
                command.add("node");
                command.add(installed.resolve(script.getFirst()).toString());
            }
            case PYPI -> {
                command.add(installed.resolve("venv/bin/python").toString());
                command.add("-B"); // writes nothing beside the script
                command.add(ClientPackages.SOURCES
                        .resolve("pypi")
                        .resolve(script.getFirst())
                        .toString());
            }
        }
        command.addAll(script.subList(1, script.size()));
        return command;
    }

    @Override
    public String toString() {
        return name;
    }
}
