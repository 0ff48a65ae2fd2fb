"""The round sheet of a day (当日巡查单): where an inspector goes, the nearest next."""
