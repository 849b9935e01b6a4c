package dev.laneway.standalone.serve;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a role's name from the command line. */
final class RoleNames implements ITypeConverter<RunCommand.RoleName> {
    /** What may be written. */
    static final class Candidates extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        Candidates() {
            super(names());
        }
    }

    @Override
    public RunCommand.RoleName convert(String text) {
        return Arrays.stream(RunCommand.RoleName.values())
                .filter(role -> role.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("'" + text + "' is no role; there are "
                        + names().stream().collect(Collectors.joining(", "))));
    }

    private static List<String> names() {
        return Arrays.stream(RunCommand.RoleName.values())
                .map(RunCommand.RoleName::toString)
                .toList();
    }
}
