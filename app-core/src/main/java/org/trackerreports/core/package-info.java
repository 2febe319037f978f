/** What both applications share. The packages below hold it by topic; here is only what belongs to none of them. */
@NullMarked
package org.trackerreports.core;

import org.jspecify.annotations.NullMarked;
