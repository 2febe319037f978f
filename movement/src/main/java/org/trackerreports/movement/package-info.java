/**
 * Pure functions over the reports of one tracker. The data goes one way:
 *
 * <pre>
 * Report ──OutlierFilter──▶ Judgement ──StayFinder──▶ Timeline of Stay and Trip
 *                               └──────TransitionFold (Place)──▶ Transition ──TransitionChanges──▶ raised, restored, withdrawn
 * </pre>
 *
 * <p>Every result depends on the set of reports only, never on the order in which they arrived. No position is made up: results name
 * positions that a finder reported. All types are immutable and safe for use by many threads.
 */
@NullMarked
package org.trackerreports.movement;

import org.jspecify.annotations.NullMarked;
