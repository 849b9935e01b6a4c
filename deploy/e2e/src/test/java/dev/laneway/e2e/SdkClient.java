package dev.laneway.e2e;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An official client, run by a script of {@code deploy/agents}.
 *
 * @param name its routes are called after it
 * @param registry where its package is from
 * @param repeats whether it asks again after a 429, as it is told
 * @param script the script's name and arguments
 */
record SdkClient(String name, Registry registry, boolean repeats, List<String> script) {
    enum Registry {
        NPM,
        PYPI
    }

    static final List<SdkClient> ALL = List.of(
            npm("openai-chat", true, "openai-chat.mjs"),
            npm("openai-responses", true, "openai-responses.mjs"),
            npm("anthropic", true, "anthropic.mjs"),
            npm("google-genai", false, "google-genai.mjs"),
            npm("ollama", false, "ollama.mjs"),
            npm("ai-openai-compatible", true, "ai-sdk.mjs", "openai-compatible"),
            npm("ai-openai", true, "ai-sdk.mjs", "openai"),
            npm("ai-anthropic", true, "ai-sdk.mjs", "anthropic"),
            npm("langchain", true, "langchain.mjs"),
            pypi("openai-chat", true),
            pypi("openai-responses", true),
            pypi("anthropic-messages", true),
            pypi("google-genai", false),
            pypi("langchain-openai", true));

    SdkClient {
        script = List.copyOf(script);
    }

    private static SdkClient npm(String name, boolean repeats, String... script) {
        return new SdkClient("npm-" + name, Registry.NPM, repeats, List.of(script));
    }

    private static SdkClient pypi(String name, boolean repeats) {
        return new SdkClient("pypi-" + name, Registry.PYPI, repeats, List.of(name + ".py"));
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
