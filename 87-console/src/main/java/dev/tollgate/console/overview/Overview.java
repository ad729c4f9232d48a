// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.console.overview;

import java.util.List;

/// What the first page shows.
///
/// @param tiles   counters
/// @param hours   decisions of the last hours, the oldest first
/// @param highest the tallest hour, at least 1
/// @param when    the moment that this was true
public record Overview(List<Tile> tiles, List<Hour> hours, long highest, String when) {
    /// One counter.
    ///
    /// @param label what is counted
    /// @param value how many, in digits
    /// @param alarm whether somebody should look
    /// @param path  where to look, below `/console/`; empty when there is nothing more
    public record Tile(String label, String value, String note, boolean alarm, String path) {}

    /// The decisions of one hour.
    ///
    /// @param label     for example `14:00`
    /// @param permitted answered
    /// @param refused   not answered, by whatever rule
    public record Hour(String label, long permitted, long refused) {}

    public Overview {
        tiles = List.copyOf(tiles);
        hours = List.copyOf(hours);
    }
}
