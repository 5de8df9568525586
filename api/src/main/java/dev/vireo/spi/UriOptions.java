package dev.vireo.spi;

import dev.vireo.ConnectionUri;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Holds the options of a connection URI, typed and checked. Immutable and thread-safe. */
public final class UriOptions {
    private final Map<UriOption<?>, Object> values;

    private UriOptions(Map<UriOption<?>, Object> values) {
        this.values = values;
    }

    /**
     * Reads the options of a URI.
     *
     * @param uri the URI
     * @param origin the driver's name, for errors
     * @param known all options that the driver knows
     * @return the options
     * @throws HypervisorException {@link ErrorCode#INVALID_ARG} for an option that is unknown, there twice, or of a
     *     value that is not allowed; it lists the known ones
     */
    public static UriOptions read(ConnectionUri uri, String origin, List<? extends UriOption<?>> known) {
        Map<UriOption<?>, Object> values = new HashMap<>();
        for (ConnectionUri.Parameter parameter : uri.query()) {
            UriOption<?> option = known.stream()
                    .filter(candidate -> candidate.name().equals(parameter.name()))
                    .findFirst()
                    .orElseThrow(() -> unknown(uri, origin, parameter, known));
            if (values.put(option, parse(uri, origin, option, parameter)) != null) {
                throw invalid(origin, "the option '" + option.name() + "' is there twice in " + uri, null);
            }
        }
        return new UriOptions(values);
    }

    /**
     * Returns an option's value.
     *
     * @param option which option
     * @param <T> the type of its value
     * @return the value, empty if the URI does not have it
     */
    @SuppressWarnings("unchecked") // read() parsed the value with this very option
    public <T> Optional<T> find(UriOption<T> option) {
        return Optional.ofNullable((T) values.get(option));
    }

    private static Object parse(
            ConnectionUri uri, String origin, UriOption<?> option, ConnectionUri.Parameter parameter) {
        try {
            return java.util.Objects.requireNonNull(option.parse(parameter.value()));
        } catch (IllegalArgumentException wrong) {
            String why = parameter.isSecret() ? "" : " (" + wrong.getMessage() + ")";
            throw invalid(
                    origin, "the option '" + option.name() + "' in " + uri + " takes " + option.form() + why, wrong);
        }
    }

    private static HypervisorException unknown(
            ConnectionUri uri, String origin, ConnectionUri.Parameter parameter, List<? extends UriOption<?>> known) {
        String list = known.isEmpty()
                ? "there are none"
                : "known are " + known.stream().map(UriOption::toString).collect(Collectors.joining(", "));
        return invalid(origin, "unknown option '" + parameter.name() + "' in " + uri + "; " + list, null);
    }

    private static HypervisorException invalid(String origin, String detail, @Nullable Throwable cause) {
        return HypervisorException.of(ErrorCode.INVALID_ARG, origin, detail, cause);
    }
}
