package dev.laneway.e2e;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Runs the script that makes the files of secrets. */
final class ComposeSecrets {
    private ComposeSecrets() {}

    /**
     * Into a folder.
     *
     * @param vendors keys, by the variables that the script reads
     */
    static void make(Path folder, Map<String, String> vendors) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("sh", "../compose/make-secrets", folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().remove("OPENAI_API_KEY");
        builder.environment().remove("ANTHROPIC_API_KEY");
        builder.environment().putAll(vendors);
        int code = builder.start().waitFor();
        if (code != 0) {
            throw new IllegalStateException("make-secrets ended with " + code);
        }
    }
}
