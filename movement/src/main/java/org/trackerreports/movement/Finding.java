package org.trackerreports.movement;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Why a report has a flag: the rule, and the numbers that it compared. Names of numbers end in their unit, and one that was a limit
 * begins with {@code limit}:
 *
 * <ul>
 *   <li>{@code SPEED}: {@code speed_mps} (root of the mean square of the speeds to its neighbours), {@code limit_mps}, {@code distance_m} and
 *       {@code limit_m} (to the report before), {@code reports} (that were judged together)
 *   <li>{@code SPIKE}: {@code angle_deg}, {@code limit_deg}, {@code leg_before_m}, {@code leg_after_m}, {@code limit_m}, {@code speed_mps} and
 *       {@code limit_mps} (there and back), {@code reports}
 *   <li>{@code FUTURE}: {@code ahead_s}, {@code limit_s}
 *   <li>{@code COARSE}: {@code accuracy_m}, {@code limit_m}
 *   <li>{@code UNCONFIRMED}: {@code speed_mps}, {@code limit_mps}, {@code distance_m}, {@code limit_m}
 *   <li>{@code NULL_ISLAND}: none
 * </ul>
 *
 * @param flag the flag, which names the rule
 * @param numbers name to value, in the order above
 */
public record Finding(Flag flag, Map<String, Double> numbers) {

    public Finding {
        numbers = Collections.unmodifiableMap(new LinkedHashMap<>(numbers));
    }

    static Finding of(Flag flag, Object... namesAndValues) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            numbers.put((String) namesAndValues[i], ((Number) namesAndValues[i + 1]).doubleValue());
        }
        return new Finding(flag, numbers);
    }
}
