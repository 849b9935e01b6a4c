package dev.laneway.standalone.config;

import dev.laneway.runtime.config.KeyPage;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code config keys}: every key that a config file may have, and what becomes of it. */
@Command(
        name = "keys",
        description = {
            "Prints every key that is known, LiteLLM's among them, and what becomes of it, as Markdown.",
            "What becomes of the keys of one file: ./laneway validate FILE."
        },
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the field
final class ConfigKeysCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().getOut().print(KeyPage.markdown());
        spec.commandLine().getOut().flush();
        return 0;
    }
}
