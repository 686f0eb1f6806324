import { StyleSheet } from 'react-native';

export const styles = StyleSheet.create({
  screen: { flex: 1, backgroundColor: '#fff' },
  content: { padding: 16, gap: 12 },
  bar: { gap: 8 },
  duty: { flexDirection: 'row', alignItems: 'center', gap: 8 },
  row: { flexDirection: 'row', gap: 8 },
  card: { borderWidth: 1, borderColor: '#bbb', borderRadius: 8, padding: 16, gap: 8 },
  title: { fontSize: 20, fontWeight: '600' },
  input: { borderWidth: 1, borderColor: '#666', borderRadius: 8, padding: 12, fontSize: 16 },
  button: { borderWidth: 1, borderColor: '#1457a8', borderRadius: 8, padding: 12, minWidth: 96, alignItems: 'center' },
  main: { backgroundColor: '#1457a8' },
  buttonText: { color: '#1457a8', fontSize: 16 },
  mainText: { color: '#fff', fontSize: 16 },
  error: { color: '#b00020' },
});
