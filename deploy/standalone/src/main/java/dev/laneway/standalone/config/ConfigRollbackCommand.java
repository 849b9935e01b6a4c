package dev.laneway.standalone.config;

import dev.laneway.runtime.config.ConfigResult;
import dev.laneway.runtime.config.ConfigRollback;
import dev.laneway.runtime.config.FileHistory;
import dev.laneway.runtime.config.KeptVersion;
import dev.laneway.runtime.config.ValidateReport;
import dev.laneway.standalone.cli.Exit;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code config rollback}: puts a kept version back into the file. */
@Command(
        name = "rollback",
        description = {
            "Puts a kept version back into the config file, if it is valid by today's rules; what the file was is kept too. A running"
                    + " gateway that watches the file has it in force within 5 s.",
            "Exit code 0: the file is that version, 1: refused, and the file is as it was, 2: wrong usage."
        },
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ConfigRollbackCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private HistoryOptions options;

    @Parameters(
            arity = "0..1",
            paramLabel = "N",
            description = "The number of a kept version. Default: the one before the one that is the file's now.")
    private @Nullable Integer number;

    @Option(names = "--accept-unenforced", description = "As for up: what can't be enforced is a warning.")
    private boolean acceptUnenforced;

    @Override
    public Integer call() throws IOException {
        FileHistory files = options.open(acceptUnenforced);
        KeptVersion kept = (number == null ? files.previous(files.present()) : files.numbered(number)).orElse(null);
        if (kept == null) {
            return refuse(nothing(files));
        }
        String name = ConfigDiffCommand.name(kept);
        return switch (ConfigRollback.to(kept, files)) {
            case ConfigRollback.Outcome.Done(ConfigResult before, ConfigResult.Valid now) -> done(name, before, now);
            case ConfigRollback.Outcome.Already(ConfigResult.Valid now) ->
                print(options.config + " is version " + now.config().version() + " already; nothing was changed\n");
            case ConfigRollback.Outcome.Refused(ConfigResult.Invalid why) ->
                refuse(new ValidateReport(name, why).text() + options.config + " is as it was");
            case ConfigRollback.Outcome.Impossible(String why) -> refuse(why);
        };
    }

    private String nothing(FileHistory files) throws IOException {
        if (number != null) {
            return "no version " + number + " is kept in " + files.history().path();
        }
        return files.history().newestFirst().isEmpty()
                ? options.nothingKept(files)
                : "no version before the file's own is kept in "
                        + files.history().path();
    }

    private int done(String name, ConfigResult before, ConfigResult.Valid now) {
        String changes = before instanceof ConfigResult.Valid valid
                ? ConfigChanges.text(valid, now)
                : "there was no valid config in it before\n";
        return print(options.config + " is " + name + " now. What is different:\n" + changes
                + "a running gateway that watches it has it in force within 5 s\n");
    }

    private int print(String text) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(text);
        out.flush();
        return 0;
    }

    private int refuse(String text) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(text);
        err.flush();
        return Exit.FAILED;
    }
}
