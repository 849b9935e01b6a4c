package dev.laneway.runtime.config;

import dev.laneway.runtime.config.ConfigHistory.Kept;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Puts a kept text back into the config file, and into the files that it includes, where a running gateway's watch finds it. Blocks. */
public final class ConfigRollback {
    private ConfigRollback() {}

    /** What became of it. */
    public sealed interface Outcome {
        /**
         * The file is the kept text now; what was in it before is kept too.
         *
         * @param before what the file was
         */
        record Done(ConfigResult before, ConfigResult.Valid now) implements Outcome {}

        /** The file means the same already; it is as it was. */
        record Already(ConfigResult.Valid now) implements Outcome {}

        /** By today's rules the kept text is no valid config; the file is as it was. */
        record Refused(ConfigResult.Invalid why) implements Outcome {}

        /** The file can't be replaced and is as it was; {@code why} says what to do. */
        record Impossible(String why) implements Outcome {}
    }

    /** Rolls back. */
    public static Outcome to(KeptVersion kept, FileHistory files) throws IOException {
        return switch (files.read(kept)) {
            case ConfigResult.Invalid invalid -> new Outcome.Refused(invalid);
            case ConfigResult.Valid valid -> put(valid, kept, files);
        };
    }

    private static Outcome put(ConfigResult.Valid next, KeptVersion kept, FileHistory files) throws IOException {
        Path file = files.file();
        ConfigText text = ConfigText.of(
                next.source() == null ? next.publishableText() : next.source().reveal());
        FilesTogether together = FilesTogether.of(file, text);
        Optional<Path> link = together.link();
        if (link.isPresent()) {
            return new Outcome.Impossible(link.get() + " is a symbolic link, which something else swaps: put "
                    + kept.path()
                    + " where the file comes from (the ConfigMap, the checkout), or name the link's target as FILE");
        }
        ConfigFile.Content content = ConfigFile.read(file);
        ConfigResult present = files.judge(content);
        if (present instanceof ConfigResult.Valid same
                && same.config().version().equals(next.config().version())) {
            return new Outcome.Already(same);
        }
        Optional<String> lost = keep(content, present, files);
        if (lost.isPresent()) {
            return new Outcome.Impossible(lost.get());
        }
        Optional<String> failed = together.write();
        if (failed.isPresent()) {
            return new Outcome.Impossible(failed.get() + ": run this as its owner, who may write to its folder; where"
                    + " the file itself is mounted, put " + kept.path() + " where it comes from");
        }
        try {
            files.history().keep(next);
        } catch (IOException untold) {
            return new Outcome.Done(present, next); // it is kept when it comes into force
        }
        return new Outcome.Done(present, next);
    }

    /** Keeps what the file is; why it can't be and would be lost, otherwise. */
    private static Optional<String> keep(ConfigFile.Content content, ConfigResult present, FileHistory files) {
        Path file = files.file();
        ConfigHistory history = files.history();
        try {
            Kept outcome = switch (content) {
                case ConfigFile.Content.Absent away -> Kept.NO_TEXT;
                case ConfigFile.Content.Unreadable(Problem why) -> throw new IOException("it " + why.problem());
                case ConfigFile.Content.Present(String text) ->
                    present instanceof ConfigResult.Valid valid
                            ? history.keep(valid)
                            : history.keepRefused(ConfigLoader.whole(text, file).written());
            };
            if (outcome != Kept.SECRET) {
                return Optional.empty();
            }
            String place = content instanceof ConfigFile.Content.Present(String text)
                    ? ConfigHistory.secretPlace(ConfigLoader.whole(text, file).written())
                    : "";
            return Optional.of(file + " holds a secret" + place
                    + ", or what looks like one, so its text can't be kept and would be" + " lost: move it away (mv "
                    + file + " " + file + ".before) and roll back again");
        } catch (IOException e) {
            return Optional.of("what " + file + " is now can't be kept in " + history.path() + " and would be lost ("
                    + e.getMessage() + "): mend that, or move the file away");
        }
    }
}
