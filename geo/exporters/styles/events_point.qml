<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<!-- Colours: Okabe M, Ito K (2008), Color Universal Design. Precise places are filled, others hollow. -->
<qgis version="3.22" styleCategories="Symbology">
  <renderer-v2 type="RuleRenderer" symbollevels="0" enableorderby="0" forceraster="0">
    <rules key="events">
      <rule key="r1" symbol="0" filter="&quot;event_type&quot; = 'Explosions/Remote violence'" label="Explosions, remote violence"/>
      <rule key="r2" symbol="1" filter="&quot;event_type&quot; = 'Battles'" label="Battles"/>
      <rule key="r3" symbol="2" filter="&quot;event_type&quot; = 'Violence against civilians'" label="Violence against civilians"/>
      <rule key="r4" symbol="3" filter="&quot;event_type&quot; IN ('Protests', 'Riots')" label="Protests, riots"/>
      <rule key="r5" symbol="4" filter="ELSE" label="Other"/>
    </rules>
    <symbols>
      <symbol type="marker" name="0" alpha="1" clip_to_extent="1"><layer class="SimpleMarker" enabled="1" locked="0" pass="0"><Option type="Map"><Option type="QString" name="name" value="triangle"/><Option type="QString" name="color" value="213,94,0,255"/><Option type="QString" name="outline_color" value="30,30,30,255"/><Option type="QString" name="size" value="3.4"/><Option type="QString" name="size_unit" value="MM"/></Option><data_defined_properties><Option type="Map"><Option type="QString" name="name" value=""/><Option type="Map" name="properties"><Option type="Map" name="fillColor"><Option type="bool" name="active" value="true"/><Option type="QString" name="expression" value="if(&quot;geo_precision&quot; &lt;= 2, '213,94,0,255', '213,94,0,60')"/><Option type="int" name="type" value="3"/></Option></Option><Option type="QString" name="type" value="collection"/></Option></data_defined_properties></layer></symbol>
      <symbol type="marker" name="1" alpha="1" clip_to_extent="1"><layer class="SimpleMarker" enabled="1" locked="0" pass="0"><Option type="Map"><Option type="QString" name="name" value="diamond"/><Option type="QString" name="color" value="204,121,167,255"/><Option type="QString" name="outline_color" value="30,30,30,255"/><Option type="QString" name="size" value="3.4"/><Option type="QString" name="size_unit" value="MM"/></Option></layer></symbol>
      <symbol type="marker" name="2" alpha="1" clip_to_extent="1"><layer class="SimpleMarker" enabled="1" locked="0" pass="0"><Option type="Map"><Option type="QString" name="name" value="pentagon"/><Option type="QString" name="color" value="86,180,233,255"/><Option type="QString" name="outline_color" value="30,30,30,255"/><Option type="QString" name="size" value="3.4"/><Option type="QString" name="size_unit" value="MM"/></Option></layer></symbol>
      <symbol type="marker" name="3" alpha="1" clip_to_extent="1"><layer class="SimpleMarker" enabled="1" locked="0" pass="0"><Option type="Map"><Option type="QString" name="name" value="circle"/><Option type="QString" name="color" value="0,158,115,255"/><Option type="QString" name="outline_color" value="30,30,30,255"/><Option type="QString" name="size" value="3.4"/><Option type="QString" name="size_unit" value="MM"/></Option></layer></symbol>
      <symbol type="marker" name="4" alpha="1" clip_to_extent="1"><layer class="SimpleMarker" enabled="1" locked="0" pass="0"><Option type="Map"><Option type="QString" name="name" value="square"/><Option type="QString" name="color" value="140,140,140,255"/><Option type="QString" name="outline_color" value="30,30,30,255"/><Option type="QString" name="size" value="3.0"/><Option type="QString" name="size_unit" value="MM"/></Option></layer></symbol>
    </symbols>
  </renderer-v2>

  <layerGeometryType>0</layerGeometryType>
</qgis>
