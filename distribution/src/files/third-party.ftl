<#-- One line for each library: name, version, licence, home. -->
Libraries of others in lib/third-party, with their licences. The texts are in the jars, and, of the embedded servers, in this directory.

<#list dependencyMap as entry>
<#assign project = entry.getKey() licences = entry.getValue()>
${project.artifactId} ${project.version}: ${licences?join(" or ")}<#if project.url??> (${project.url})</#if>
</#list>
