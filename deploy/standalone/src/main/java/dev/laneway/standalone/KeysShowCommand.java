package dev.laneway.standalone;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code keys show}. */
@Command(
        name = "show",
        description = "Shows a key with its terms, as JSON. The secret is not known to anybody but its owner.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class KeysShowCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private NamedKey key;

    @Mixin
    private ApiClient api;

    @Override
    public Integer call() throws Exception {
        spec.commandLine().getOut().println(ApiClient.pretty(api.ask("GET", key.path(api), null)));
        spec.commandLine().getOut().flush();
        return 0;
    }
}
