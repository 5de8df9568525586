package dev.vireo.spi;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Function;

/**
 * Names and types an option in the query of a connection URI. {@link UriOptions} reads them and refuses unknown ones.
 *
 * <p>Immutable and thread-safe; make each one a constant.
 *
 * @param <T> the type of its value
 */
public final class UriOption<T> {
    private final String name;
    private final String form;
    private final Function<String, T> parser;

    private UriOption(String name, String form, Function<String, T> parser) {
        this.name = Objects.requireNonNull(name, "name");
        this.form = Objects.requireNonNull(form, "form");
        this.parser = Objects.requireNonNull(parser, "parser");
    }

    /**
     * Makes an option of any type.
     *
     * @param name the option's name
     * @param form what values look like, for instance {@code 0-3,7}
     * @param parser reads a value, or throws an {@link IllegalArgumentException} that says what is wrong with it
     * @param <T> the type of its value
     * @return the option
     */
    public static <T> UriOption<T> of(String name, String form, Function<String, T> parser) {
        return new UriOption<>(name, form, parser);
    }

    /**
     * Makes an option whose value is a whole number.
     *
     * @param name the option's name
     * @param least the least value
     * @param most the greatest value
     * @return the option
     */
    public static UriOption<Integer> integer(String name, int least, int most) {
        return of(name, least + ".." + most, value -> {
            int number = Integer.parseInt(value);
            if (number < least || number > most) {
                throw new IllegalArgumentException("not within " + least + ".." + most);
            }
            return number;
        });
    }

    /**
     * Makes an option whose value is the absolute path of a directory or file.
     *
     * @param name the option's name
     * @return the option
     */
    public static UriOption<Path> path(String name) {
        return of(name, "an absolute path", value -> {
            try {
                Path path = Path.of(value);
                if (path.isAbsolute()) {
                    return path;
                }
            } catch (InvalidPathException notAPath) {
                throw new IllegalArgumentException(notAPath.getReason(), notAPath);
            }
            throw new IllegalArgumentException("not absolute");
        });
    }

    /**
     * Makes an option whose value is one of the constants of an enum, in lower case with {@code -} for {@code _}.
     *
     * @param name the option's name
     * @param type the enum
     * @param <E> the enum
     * @return the option
     */
    public static <E extends Enum<E>> UriOption<E> oneOf(String name, Class<E> type) {
        StringBuilder form = new StringBuilder();
        for (E constant : type.getEnumConstants()) {
            form.append(form.isEmpty() ? "" : "|").append(spelling(constant));
        }
        return of(name, form.toString(), value -> {
            for (E constant : type.getEnumConstants()) {
                if (spelling(constant).equals(value)) {
                    return constant;
                }
            }
            throw new IllegalArgumentException("none of them");
        });
    }

    private static String spelling(Enum<?> constant) {
        return constant.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /**
     * Returns the option's name.
     *
     * @return the name in the query
     */
    public String name() {
        return name;
    }

    /**
     * Returns what values look like.
     *
     * @return a text for people
     */
    public String form() {
        return form;
    }

    T parse(String value) {
        return parser.apply(value);
    }

    @Override
    public String toString() {
        return name + "=" + form;
    }
}
